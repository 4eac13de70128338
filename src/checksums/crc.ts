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
