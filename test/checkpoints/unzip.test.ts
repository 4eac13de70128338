import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../src/checkpoints/unzip.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { needed } from '../fuzz/measure.ts';
import { withZip64 } from '../fuzz/samples/archives.ts';

const archive = zipSync({ 'a/zeros': new Uint8Array(100_000), 'a/b': Uint8Array.of(1, 2), folder: {} });
const signature = { local: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 };

/** A copy in which some fields of the records of a kind are other: offset in the record, bytes, value. */
function altered(
  kind: keyof typeof signature,
  ...fields: readonly (readonly [number, 2 | 4, number])[]
): Uint8Array {
  const copy = archive.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 4 <= copy.length; at++) {
    if (view.getUint32(at, true) !== signature[kind]) continue;
    for (const [offset, width, value] of fields) {
      if (width === 2) view.setUint16(at + offset, value, true);
      else view.setUint32(at + offset, value, true);
    }
  }
  return copy;
}

describe('unzip', () => {
  it('gives the files by name, with or without the records of zip64', () => {
    for (const bytes of [archive, withZip64(archive)]) {
      const entries = unzip(bytes);
      expect([...entries.keys()]).toEqual(['a/zeros', 'a/b']);
      expect(entries.get('a/zeros')).toEqual(new Uint8Array(100_000));
      expect(entries.get('a/b')).toEqual(Uint8Array.of(1, 2));
    }
  });

  it('gives what was only stored as views, from any place in a larger buffer', () => {
    const stored = zipSync({ a: Uint8Array.of(7, 8), b: new Uint8Array(0) }, { level: 0 });
    const larger = new Uint8Array(stored.length + 3);
    larger.set(stored, 3);
    const entries = unzip(larger.subarray(3));
    expect(entries.get('a')).toEqual(Uint8Array.of(7, 8));
    expect(entries.get('a')!.buffer).toBe(larger.buffer);
    expect(entries.get('b')).toEqual(new Uint8Array(0));
  });

  it('refuses an archive that grows beyond the limit, before it unzips anything', () => {
    expect(archive.length).toBeLessThan(1000);
    expect(() => unzip(archive, 'bomb.zip', 100_001)).toThrow(
      'bomb.zip: unzipped size is 100002; allowed: at most 100001',
    );
    expect(unzip(archive, 'fine.zip', 100_002).size).toBe(2);
  });

  it('takes memory for what is in an entry, not for what the directory claims', () => {
    const claiming = altered('directory', [24, 4, 2 ** 29]);
    const reader = { name: 'zip', source: '', samples: () => [], read: () => unzip(claiming) };
    expect(() => unzip(claiming)).toThrow(/zip entry a\/zeros is "100000 bytes"; allowed: 536870912 bytes/);
    expect(needed(reader, claiming)).toBeLessThan(2 ** 20);
  });

  it('stops where an entry becomes more than it claims', () => {
    expect(() => unzip(altered('directory', [24, 4, 10]))).toThrow(
      /zip entry a\/zeros is .*; allowed: at most 10 bytes when unzipped/,
    );
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['entries that share their bytes', altered('directory', [42, 4, 0]), /entries that overlap/],
    ['an entry that is not where the directory says', altered('directory', [42, 4, 5]), /no entry at byte 5/],
    ['data that reach beyond the end', altered('directory', [20, 4, 2 ** 31]), /cut short/],
    ['an encrypted entry', altered('directory', [8, 2, 1]), /an encrypted entry/],
    [
      'another compression',
      altered('directory', [10, 2, 12]),
      /compression 12"; allowed: stored or deflated/,
    ],
    ['a name that reaches beyond the end', altered('directory', [28, 2, 0xffff]), /cut short/],
    [
      'sizes that should be elsewhere and are not',
      altered('directory', [24, 4, 0xffffffff]),
      /without its zip64 sizes/,
    ],
    ['more entries than there are', altered('end', [10, 2, 9]), /no directory entry at byte/],
    ['a directory beyond the end', altered('end', [16, 4, 2 ** 31]), /no directory entry at byte 2147483648/],
    [
      'damaged data',
      archive.map((byte, i) => (i > 36 && i < 46 ? 0xff : byte)),
      /a\/zeros is .*; allowed: undamaged compressed data/,
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => unzip(bytes)).toThrow(InputError);
    expect(() => unzip(bytes)).toThrow(message);
  });

  it('refuses one name for two entries', () => {
    const twice = zipSync({ aa: Uint8Array.of(1), ab: Uint8Array.of(2) });
    const same = twice.map((byte, i) => (byte === 0x62 && twice[i - 1] === 0x61 ? 0x61 : byte));
    expect(() => unzip(same)).toThrow(/zip entry is "aa"; allowed: one name for each entry/);
  });

  it('refuses what is no archive, or half of one', () => {
    expect(() => unzip(new Uint8Array(100))).toThrow(/zip archive is "without an end record"/);
    expect(() => unzip(new Uint8Array(0))).toThrow(/zip archive is/);
    expect(() => unzip(archive.subarray(0, archive.length - 30))).toThrow(/zip archive is/);
  });
});
