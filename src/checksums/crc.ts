import { crc32 as native } from 'node:zlib';

/**
 * CRC-32 (ISO 3309: that of gzip, zip and PNG), from 0 to 2³² − 1.
 *
 * It finds every change within 32 neighboring bits, and any other but for one in 2³².
 *
 * @param data bytes, or text that stands for its UTF-8.
 * @param seed the CRC of what came before, to go on from; of something else, to bind `data` to that.
 * @example
 * crc32('123456789'); // 0xcbf43926
 */
export function crc32(data: string | Uint8Array, seed = 0): number {
  return native(data, seed);
}

/** Calling the native one takes as long as so many bytes by table. */
const fewBytes = 512;

/** By place among eight bytes and by byte, what it does to the CRC at their end. */
const tables = crcTables();

/**
 * The CRC-32 of the bytes from `start` to `end`: a log has millions of lines, most of them short.
 *
 * @param seed as of `crc32`.
 */
export function crc32Between(bytes: Uint8Array, start: number, end: number, seed: number): number {
  if (end - start > fewBytes) return native(bytes.subarray(start, end), seed);
  let crc = ~seed;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    crc =
      tables[0x700 + (crc & 0xff)] ^
      tables[0x600 + ((crc >>> 8) & 0xff)] ^
      tables[0x500 + ((crc >>> 16) & 0xff)] ^
      tables[0x400 + (crc >>> 24)] ^
      tables[0x300 + bytes[at + 4]] ^
      tables[0x200 + bytes[at + 5]] ^
      tables[0x100 + bytes[at + 6]] ^
      tables[bytes[at + 7]];
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]) & 0xff];
  return ~crc >>> 0;
}

function crcTables(): Int32Array {
  const all = new Int32Array(0x800);
  for (let byte = 0; byte < 0x100; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    all[byte] = crc;
  }
  for (let i = 0x100; i < all.length; i++) all[i] = (all[i - 0x100] >>> 8) ^ all[all[i - 0x100] & 0xff];
  return all;
}

/** A log has as many checksums as records: digits by the byte take a quarter of the time of `toString`. */
const byteDigits: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** A CRC-32 as eight lower-case hexadecimal digits. */
export function crcDigits(crc: number): string {
  return (
    byteDigits[crc >>> 24] +
    byteDigits[(crc >>> 16) & 255] +
    byteDigits[(crc >>> 8) & 255] +
    byteDigits[crc & 255]
  );
}
