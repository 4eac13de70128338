import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { gunzip, inflateRaw } from '../../src/formats/inflate.ts';
import { needed } from '../fuzz/measure.ts';

const content = new Uint8Array(1_000_000).fill(7);
const options = { file: 'x.gz', field: 'data' };

describe('inflating', () => {
  it('gives the content, up to the limit', () => {
    const limit = content.length;
    for (const unzipped of [
      inflateRaw(deflateRawSync(content), { ...options, limit }),
      gunzip(gzipSync(content), { ...options, limit }),
    ]) {
      // A million bytes, compared one by one, would take seconds.
      expect(Buffer.compare(unzipped, content)).toBe(0);
    }
    expect(inflateRaw(deflateRawSync(new Uint8Array(0)), { ...options, limit: 0 })).toEqual(
      new Uint8Array(0),
    );
  });

  it('keeps no more than the content: small ones are no part of a larger buffer', () => {
    const small = inflateRaw(deflateRawSync(Uint8Array.of(1, 2, 3)), { ...options, limit: 2 ** 30 });
    expect(small).toEqual(Uint8Array.of(1, 2, 3));
    expect(small.buffer.byteLength).toBe(3);
  });

  it('stops at the limit, whatever would have come', () => {
    const bomb = gzipSync(new Uint8Array(2 ** 26));
    const read = () => gunzip(bomb, { ...options, limit: 1000 });
    expect(read).toThrow(/^x\.gz: data is .*; allowed: at most 1000 bytes when unzipped$/);
    expect(needed({ name: '', source: '', samples: () => [], read }, bomb)).toBeLessThan(2 ** 20);
  });

  it('refuses damaged data', () => {
    expect(() => gunzip(gzipSync(content).subarray(0, 50), { ...options, limit: 1e9 })).toThrow(InputError);
    expect(() => inflateRaw(Uint8Array.of(0xff, 0xff), { ...options, limit: 1e9 })).toThrow(
      /undamaged compressed data/,
    );
  });
});
