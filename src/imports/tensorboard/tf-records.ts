import { InputError } from '../../errors/input-error.ts';
import { maskedCrc32c } from './masked-crc.ts';

/** Length, and the checksum of the length, before each record; the checksum of the record behind it. */
const prefix = 12;
const suffix = 4;

/**
 * The records of a TFRecord file: `uint64 length, masked crc, bytes, masked crc`, little-endian. A last record that is cut short is
 * left out, as a writer that was killed leaves one.
 *
 * @param onTorn told that the last record was cut short, and at which byte it begins.
 * @throws InputError where a checksum does not fit: the file is damaged.
 */
export function* tfRecords(
  bytes: Uint8Array,
  file: string,
  onTorn: (at: number) => void = () => {},
): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const refuse = (at: number, what: string): never => {
    throw new InputError({
      file,
      field: `record at byte ${at}`,
      value: `another checksum than its ${what}`,
      allowed: 'an undamaged event file',
    });
  };
  for (let at = 0; at < bytes.length; ) {
    if (at + prefix > bytes.length) return onTorn(at);
    const length = Number(view.getBigUint64(at, true));
    if (maskedCrc32c(bytes.subarray(at, at + 8)) !== view.getUint32(at + 8, true)) refuse(at, 'length');
    const start = at + prefix;
    if (!(length <= bytes.length - start - suffix)) return onTorn(at);
    const record = bytes.subarray(start, start + length);
    if (maskedCrc32c(record) !== view.getUint32(start + length, true)) refuse(at, 'content');
    yield record;
    at = start + length + suffix;
  }
}
