import { sha256 } from '../checksums/digest.ts';
import { InputError } from '../errors/input-error.ts';
import { writeSafetensors } from './safetensors.ts';
import type { Tensor } from './tensor.ts';

const key = 'sha256';
const blank = '0'.repeat(64);
/** Before the header, whose length stands there. */
const prefixBytes = 8;

/**
 * A safetensors file (see `writeSafetensors`) whose metadata hold its own digest under `sha256`: that of the whole file,
 * header and elements, with `0` for each of the digest's 64 digits. Other readers see one more entry of the metadata.
 *
 * @throws InputError where a tensor's shape or array type contradicts its data.
 */
export function sealSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const bytes = writeSafetensors(tensors, { ...metadata, [key]: blank });
  const place = digestPlace(bytes, blank)!;
  bytes.set(new TextEncoder().encode(sha256(bytes)), place);
  return bytes;
}

/**
 * Holds a file against the digest in its metadata.
 *
 * @param metadata what `readSafetensors` found in the file.
 * @returns false where there is no digest to hold it against.
 * @throws InputError if the file is not what was written.
 */
export function checkSeal(
  bytes: Uint8Array,
  metadata: Readonly<Record<string, string>>,
  file?: string,
): boolean {
  if (!Object.hasOwn(metadata, key)) return false;
  const digest = metadata[key];
  const place = /^[0-9a-f]{64}$/.test(digest) ? digestPlace(bytes, digest) : null;
  const zeros = new TextEncoder().encode(blank);
  const found =
    place !== null && sha256(bytes.subarray(0, place), zeros, bytes.subarray(place + blank.length));
  if (found === digest) return true;
  throw new InputError({
    file,
    field: `__metadata__.${key}`,
    value: digest,
    allowed: 'the digest of the file: it is damaged',
  });
}

/** Where in the file the digits of its digest begin; null if they do not stand in the header as we write it. */
function digestPlace(bytes: Uint8Array, digest: string): number | null {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = new TextDecoder('latin1').decode(bytes.subarray(prefixBytes, prefixBytes + length));
  const start = `"${key}":"`;
  const found = header.indexOf(`${start}${digest}"`);
  return found === -1 ? null : prefixBytes + found + start.length;
}
