import { crc32, crcDigits } from '../../../src/checksums/crc.ts';
import { sha256 } from '../../../src/checksums/digest.ts';
import { sealedRecord } from '../../measurements/fixtures.ts';
import type { Mutation } from '../mutations.ts';

/** The damages, and the same with checksums made right again: what gets past them is read like what was written. */
export function resealed(
  mutations: readonly Mutation[],
  reseal: (bytes: Uint8Array) => Uint8Array,
): Mutation[] {
  return [
    ...mutations,
    ...mutations.map(
      (mutation): Mutation =>
        (bytes, random, other) =>
          reseal(mutation(bytes, random, other)),
    ),
  ];
}

const seal = /,"n":\d+,"crc":"[0-9a-f]{8}"\}$/;

/** A log in which every record that was sealed has its number and checksum. */
export function resealLog(bytes: Uint8Array): Uint8Array {
  let start = 0;
  const lines = new TextDecoder().decode(bytes).split('\n');
  const records = lines.map((line, i) => {
    if (!seal.test(line)) return line;
    const record = sealedRecord(line.replace(seal, '}'), i + 1, start);
    if (i === 0) start = Number.parseInt(record.slice(-10, -2), 16);
    return record;
  });
  return new TextEncoder().encode(records.join('\n'));
}

/** A log as version 1 wrote it: without checksums, numbers and the digest at its end. */
export function unsealedLog(bytes: Uint8Array): Uint8Array {
  const lines = new TextDecoder().decode(bytes).split('\n');
  const plain = lines.map((line) => {
    const record = line.replace(seal, '}');
    return record.startsWith('{"end":') ? record.replace(/,"(?:records|sha256)":[^,}]*/g, '') : record;
  });
  return new TextEncoder().encode(plain.join('\n').replace('"schemaVersion":2', '"schemaVersion":1'));
}

/** A manifest whose checksum is that of what stands before it. */
export function resealManifest(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const content = text.replace(/,\n {2}"crc": "[^"]*"\n\}\n$/, '');
  if (content === text) return bytes;
  return new TextEncoder().encode(`${content},\n  "crc": "${crcDigits(crc32(content))}"\n}\n`);
}

/** A safetensors file whose metadata hold its digest, if they hold one. */
export function resealSafetensors(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const found = /"sha256":"([0-9a-f]{64})"/.exec(text);
  if (found === null) return bytes;
  const place = found.index + '"sha256":"'.length;
  const copy = bytes.slice();
  copy.fill(0x30, place, place + 64);
  copy.set(new TextEncoder().encode(sha256(copy)), place);
  return copy;
}
