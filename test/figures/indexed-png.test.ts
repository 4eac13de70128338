import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexedPng } from '../../src/figures/indexed-png.ts';
import { decodePng } from './png-decoder.ts';

const palette = Array.from(
  { length: 256 },
  (_, i) => [i, 255 - i, (7 * i) % 256, i % 3 === 0 ? 0 : 255] as const,
);

describe('indexedPng', () => {
  it('holds every pixel it was given, as zlib reads it', () => {
    const image = fc
      .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 9 }) })
      .chain(({ width, height }) =>
        fc
          .uint8Array({ minLength: width * height, maxLength: width * height })
          .map((indices) => ({ width, height, indices })),
      );
    fc.assert(
      fc.property(image, ({ width, height, indices }) => {
        const read = decodePng(indexedPng(indices, width, height, palette), inflateSync);
        expect([read.width, read.height]).toEqual([width, height]);
        indices.forEach((index, i) => {
          expect(read.pixel(i % width, Math.floor(i / width))).toEqual([...palette[index]]);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('ends every chunk with the CRC that zlib computes', () => {
    const bytes = indexedPng(Uint8Array.of(0, 1, 2, 3), 2, 2, palette);
    const view = new DataView(bytes.buffer);
    let chunks = 0;
    for (let at = 8; at < bytes.length; chunks++) {
      const end = at + 8 + view.getUint32(at);
      expect(view.getUint32(end)).toBe(crc32(bytes.subarray(at + 4, end)));
      at = end + 4;
    }
    expect(chunks).toBe(5);
  });
});
