import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../src/checkpoints/unzip.ts';

describe('unzip', () => {
  const archive = zipSync({ 'a/zeros': new Uint8Array(100_000), 'a/b': Uint8Array.of(1, 2), folder: {} });

  it('gives the files by name', () => {
    const entries = unzip(archive);
    expect([...entries.keys()]).toEqual(['a/zeros', 'a/b']);
    expect(entries.get('a/b')).toEqual(Uint8Array.of(1, 2));
  });

  it('refuses an archive that grows beyond the limit, before it unzips anything', () => {
    expect(archive.length).toBeLessThan(1000);
    expect(() => unzip(archive, 'bomb.zip', 100_001)).toThrow(
      'bomb.zip: unzipped size is 100002; allowed: at most 100001',
    );
    expect(unzip(archive, 'fine.zip', 100_002).size).toBe(2);
  });

  it('refuses an entry that unzips to another size than it declares', () => {
    const lying = archive.slice();
    const directory = lying.findIndex(
      (_, i) => lying[i] === 0x50 && lying[i + 1] === 0x4b && lying[i + 2] === 1,
    );
    new DataView(lying.buffer).setUint32(directory + 24, 200_000, true);
    expect(() => unzip(lying)).toThrow(/zip entry a\/zeros is|zip archive is/);
  });

  it('refuses what is no archive, or half of one', () => {
    expect(() => unzip(new Uint8Array(100))).toThrow(/zip archive is/);
    expect(() => unzip(archive.subarray(0, archive.length - 30))).toThrow(/zip archive is/);
  });
});
