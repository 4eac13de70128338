import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { caseMaker } from './cases.ts';
import type { FuzzedReader } from './fuzzed-reader.ts';
import { judge } from './judge.ts';
import { allowance, needed } from './measure.ts';
import { byteMutations, largestCase, pick } from './mutations.ts';
import { readers } from './readers.ts';
import { runCases } from './run-cases.ts';
import { gunzippedBytes, inflatedBytes } from './samples/archives.ts';

const sample = new TextEncoder().encode('{"a": [1, 2, 3], "b": "text"}');

function readerOf(read: FuzzedReader['read'], changes: Partial<FuzzedReader> = {}): FuzzedReader {
  return { name: 'planted', source: '', samples: () => [sample], read, ...changes };
}

/** Takes this much of the processor. */
function busy(seconds: number): void {
  const { user, system } = process.cpuUsage();
  for (let now = process.cpuUsage(); now.user + now.system - user - system < 1e6 * seconds; )
    now = process.cpuUsage();
}

describe('the fuzz harness', () => {
  it('finds what it is there for: other errors, slow cases, memory beyond the file', () => {
    const kindOf = (read: FuzzedReader['read'], changes?: Partial<FuzzedReader>) =>
      judge(readerOf(read, changes), sample).finding?.kind ?? null;
    expect(kindOf(() => JSON.parse('{'))).toBe('another error');
    expect(
      judge(
        readerOf(() => busy(0.02)),
        sample,
        { mostSeconds: 0.01 },
      ).finding?.kind,
    ).toBe('slow');
    expect(kindOf(() => new Uint8Array(2 ** 21))).toBe('memory');
    expect(kindOf(() => Array.from({ length: 100_000 }, () => ({})))).toBe('memory');
    expect(
      kindOf(() => {
        throw new InputError({ value: new Uint8Array(2 ** 22).length, allowed: 'less' });
      }),
    ).toBe('memory');
  });

  it('leaves alone what is allowed: an InputError, garbage, memory up to a stated ceiling', () => {
    const finding = (read: FuzzedReader['read'], changes?: Partial<FuzzedReader>) =>
      judge(readerOf(read, changes), sample).finding;
    expect(
      finding(() => {
        throw new InputError({ allowed: 'something else' });
      }),
    ).toBeNull();
    expect(finding(() => new Uint8Array(2 ** 19))).toBeNull();
    expect(finding(() => void Array.from({ length: 100_000 }, () => ({})))).toBeNull();
    expect(finding(() => new Uint8Array(2 ** 21), { ceiling: 2 ** 22 })).toBeNull();
  });

  it('counts a buffer in full, though nothing was written to it', () => {
    expect(
      needed(
        readerOf(() => new Uint8Array(2 ** 30)),
        sample,
      ),
    ).toBeGreaterThan(0.9 * 2 ** 30);
  });

  it('makes the same cases of the same seed, others of another, none of them too large', () => {
    const hex = (seed: number) =>
      Array.from({ length: 50 }, (_, i) =>
        Buffer.from(
          caseMaker(
            readerOf(() => 0),
            seed,
          )(i),
        ).toString('hex'),
      );
    expect(hex(1)).toEqual(hex(1));
    expect(hex(1)).not.toEqual(hex(2));
    expect(new Set(hex(1)).size).toBeGreaterThan(40);
    for (const reader of readers) {
      const bytesOf = caseMaker(reader, 3);
      for (let i = 0; i < 20; i++) expect(bytesOf(i).length).toBeLessThanOrEqual(largestCase);
    }
  });

  it('damages files in every way, empty ones too', () => {
    const random = createRandom('damage');
    for (const mutation of byteMutations) {
      const changed = Array.from({ length: 30 }, () => mutation(sample, random, sample));
      expect(changed.some((bytes) => Buffer.compare(bytes, sample) !== 0)).toBe(true);
      expect(() => mutation(new Uint8Array(0), random, sample)).not.toThrow();
    }
  });

  it('says which case it was', () => {
    const reader = readerOf((bytes) => {
      if (bytes.length === 0) throw new TypeError('empty');
      throw new InputError({ allowed: 'nothing' });
    });
    const { findings, refused, cases } = runCases(reader, { seed: 5, from: 0, to: 400 });
    expect(findings.length).toBeGreaterThan(0);
    expect(refused).toBe(cases - findings.length);
    expect(caseMaker(reader, 5)(findings[0].index).length).toBe(0);
  });
});

describe('the readers', () => {
  it('have names of their own, and samples', () => {
    expect(new Set(readers.map(({ name }) => name)).size).toBe(readers.length);
    for (const { samples } of readers) expect(samples().length).toBeGreaterThan(0);
  });

  it('are measured by what archives really hold', () => {
    for (const name of ['zip', 'npz', 'torch', 'gzip']) {
      const reader = readers.find((entry) => entry.name === name)!;
      const archive = pick(reader.samples(), createRandom(name));
      const content = (name === 'gzip' ? gunzippedBytes : inflatedBytes)(archive);
      expect(allowance(reader, archive)).toBe(4 * content + 2 ** 20);
    }
    const [, two] = readers.find(({ name }) => name === 'gzip')!.samples();
    expect(gunzippedBytes(two)).toBe(two.length + 100_003);
  });
});
