import { InputError } from '../errors/input-error.ts';

const block = 512;

/**
 * The regular files of a tar archive by name (POSIX ustar; no links, no long names). Nothing is written to disk.
 *
 * @throws InputError where a header is damaged or promises more than the archive holds.
 */
export function untar(bytes: Uint8Array, file?: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let position = 0;
  while (position + block <= bytes.length && bytes[position] !== 0) {
    const header = bytes.subarray(position, position + block);
    if (Number.parseInt(textOf(header, 148, 8), 8) !== checksum(header))
      throw new InputError({
        file,
        field: `tar header at byte ${position}`,
        allowed: 'one whose checksum is right',
      });
    const name = textOf(header, 0, 100);
    const size = Number.parseInt(textOf(header, 124, 12), 8);
    const start = position + block;
    if (!(size >= 0 && size <= bytes.length - start))
      throw new InputError({
        file,
        field: `size of ${name}`,
        value: size,
        allowed: `0 to ${bytes.length - start}`,
      });
    const type = textOf(header, 156, 1);
    if (type === '0' || type === '') files.set(name, bytes.subarray(start, start + size));
    position = start + Math.ceil(size / block) * block;
  }
  return files;
}

function textOf(header: Uint8Array, start: number, length: number): string {
  const text = new TextDecoder('latin1').decode(header.subarray(start, start + length));
  return text.split('\0')[0].trim();
}

/** The sum of all bytes of the header, its own field counted as spaces. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 0x20 : byte), 0);
}
