import { crc32 } from '../../checksums/crc.ts';
import { InputError } from '../../errors/input-error.ts';

/** `:W&B`, its magic number, and version 0. */
const signature = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00];
const blockBytes = 32_768;
/** Of a fragment: checksum, length, and whether it is whole, or the first, a middle or the last of a record. */
const headerBytes = 7;
const fragment = { none: 0, whole: 1, first: 2, middle: 3, last: 4 } as const;

export function looksLikeWandbLog(head: Uint8Array): boolean {
  return signature.every((byte, i) => head[i] === byte);
}

/**
 * The records of the log that wandb writes while a run is under way: LevelDB's format, blocks of 32 KiB with fragments of records,
 * each with a CRC-32 of its type and content, after a signature of seven bytes. A last record that is cut short is left out, as a
 * run that was killed leaves one.
 *
 * @param onTorn told that the last record was cut short, and at which byte it begins.
 * @throws InputError where the signature or a checksum does not fit.
 */
export function* leveldbRecords(
  bytes: Uint8Array,
  file: string,
  onTorn: (at: number) => void = () => {},
): Generator<Uint8Array> {
  const refuse = (at: number, value: string): never => {
    throw new InputError({ file, field: `record at byte ${at}`, value, allowed: 'an undamaged .wandb file' });
  };
  if (!looksLikeWandbLog(bytes)) refuse(0, 'another beginning than version 0 of the format');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let parts: Uint8Array[] = [];
  let began = signature.length;
  for (let at = signature.length; at < bytes.length; ) {
    const left = blockBytes - (at % blockBytes);
    if (left < headerBytes) {
      at += left;
      continue;
    }
    if (parts.length === 0) began = at;
    if (at + headerBytes > bytes.length) return onTorn(began);
    const [crc, length, type] = [view.getUint32(at, true), view.getUint16(at + 4, true), bytes[at + 6]];
    const start = at + headerBytes;
    if (type === fragment.none && length === 0 && crc === 0) {
      at += left;
      continue;
    }
    if (length > left - headerBytes || type > fragment.last || type === fragment.none)
      refuse(at, `a fragment of type ${type} with ${length} bytes`);
    if (start + length > bytes.length) return onTorn(began);
    // Of the type and the content, which stand one behind the other.
    if (crc32(bytes.subarray(at + 6, start + length)) !== crc)
      refuse(at, 'another checksum than its content');
    const begins = type === fragment.whole || type === fragment.first;
    if (begins !== (parts.length === 0)) refuse(at, 'fragments out of order');
    parts.push(bytes.subarray(start, start + length));
    at = start + length;
    if (type !== fragment.whole && type !== fragment.last) continue;
    yield parts.length === 1 ? parts[0] : joined(parts);
    parts = [];
  }
  if (parts.length > 0) onTorn(began);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
