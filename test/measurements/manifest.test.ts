import { describe, expect, it } from 'vitest';
import { crc32, crcDigits } from '../../src/checksums/crc.ts';
import { formatManifest, parseManifest, readManifestText } from '../../src/measurements/manifest.ts';
import { sampleManifest } from './fixtures.ts';

const digest = (digit: string) => ({ records: 7, sha256: digit.repeat(64) });
const manifest = {
  ...sampleManifest(['b', 'a', 'c']),
  logs: { a: digest('1'), b: digest('2') },
  notes: ['repaired'],
};
const text = formatManifest(manifest);

describe('a manifest', () => {
  it('reads back as it was written', () => {
    expect(parseManifest(text, 'm.json')).toEqual(manifest);
  });

  it('is JSON that anyone reads, its last entry the CRC-32 of what stands before it', () => {
    const { crc } = JSON.parse(text);
    expect(crc).toBe(crcDigits(crc32(text.slice(0, text.lastIndexOf(',\n')))));
    expect(text.endsWith(`"crc": "${crc}"\n}\n`)).toBe(true);
  });

  it('has the same bytes whatever order runs ended in, and nothing of runs that are not its own', () => {
    const logs = { stranger: digest('3'), b: digest('2'), a: digest('1') };
    expect(formatManifest({ ...manifest, logs })).toBe(text);
    expect(Object.keys(JSON.parse(text).logs)).toEqual(['b', 'a']);
  });

  it('is refused if anything in it was changed, to the bit', () => {
    const bytes = new TextEncoder().encode(text);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const changed = bytes.slice();
      changed[bit >> 3] ^= 1 << (bit & 7);
      const damaged = new TextDecoder().decode(changed);
      expect(() => parseManifest(damaged, 'm.json')).toThrow(expect.objectContaining({ name: 'InputError' }));
    }
  });

  it('that was changed by hand says so', () => {
    expect(() => parseManifest(text.replace('A study', 'My study'), 'm.json')).toThrow(
      /^m\.json: crc is "[0-9a-f]{8}"; allowed: the checksum of what stands before it: the file was damaged, or changed by hand$/,
    );
    const formatted = `${JSON.stringify(JSON.parse(text))}\n`;
    expect(() => parseManifest(formatted, 'm.json')).toThrow(/crc is "missing"/);
    expect(readManifestText(formatted, 'm.json')).toMatchObject({
      isWhole: false,
      manifest: { title: 'A study' },
    });
  });

  it('of version 1 has no checksum, and none of what came with it', () => {
    const { logs: _, ...facts } = sampleManifest();
    const old = JSON.stringify({ ...facts, schemaVersion: 1 });
    expect(parseManifest(old, 'm.json')).toEqual({ ...facts, schemaVersion: 1 });
    const mixed = JSON.stringify({ ...manifest, schemaVersion: 1 });
    expect(() => parseManifest(mixed, 'm.json')).toThrow(/checksum/);
  });

  it.each([
    ['a digest that is none', { a: { records: 1, sha256: 'x' } }, /logs\.a\.sha256 is "x"/],
    ['no records', { a: { records: 0, sha256: '0'.repeat(64) } }, /logs\.a\.records is 0/],
  ])('with %s is refused', (_, logs, message) => {
    expect(() => formatManifest({ ...manifest, logs })).toThrow(message);
  });
});
