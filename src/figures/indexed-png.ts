import { zlibSync } from 'fflate';
import { crc32 } from '../checksums/crc.ts';

/**
 * An 8-bit palette PNG (PNG specification, third edition, color type 3).
 *
 * Compressed by fflate rather than by the platform's zlib, whose output differs between Node versions: figures must
 * come out the same everywhere.
 *
 * @param indices palette indices, row-major [height, width]
 * @param palette up to 256 colors, `[r, g, b, a]` each 0 to 255
 * @example
 * indexedPng(Uint8Array.of(0, 1), 2, 1, [[0, 0, 0, 255], [255, 255, 255, 255]]);
 */
export function indexedPng(
  indices: Uint8Array,
  width: number,
  height: number,
  palette: readonly (readonly [number, number, number, number])[],
): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);

  // Every row is preceded by its filter type; 0 leaves it as it is.
  const rows = new Uint8Array((width + 1) * height);
  for (let r = 0; r < height; r++)
    rows.set(indices.subarray(r * width, (r + 1) * width), r * (width + 1) + 1);

  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(palette.flatMap((color) => color.slice(0, 3)))),
    chunk('tRNS', Uint8Array.from(palette.map(([, , , alpha]) => alpha))),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ];
  const png = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    png.set(part, offset);
    offset += part.length;
  }
  return png;
}

/** Length, type, data, and the CRC over type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
