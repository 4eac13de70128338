import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultBlockLength, movingBlockIndices } from '../../src/numerics/moving-block-bootstrap.ts';
import { permutationPValue } from '../../src/numerics/permutation-p-value.ts';
import { createRandom } from '../../src/numerics/random.ts';

describe('moving-block bootstrap', () => {
  it('lays whole blocks of neighbors end to end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (n, length, seed) => {
        const block = 1 + (length % n);
        const indices = movingBlockIndices(n, block, createRandom(seed));
        expect(indices).toHaveLength(n);
        indices.forEach((index, i) => {
          expect(index).toBeLessThan(n);
          if (i % block > 0) expect(index).toBe(indices[i - 1] + 1);
        });
      }),
    );
  });

  it('draws every block start', () => {
    const rng = createRandom('starts');
    const starts = new Set(Array.from({ length: 200 }, () => movingBlockIndices(10, 4, rng)[0]));
    expect([...starts].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('refuses a block longer than the data; the customary length is n^(1/3)', () => {
    expect(() => movingBlockIndices(5, 6, createRandom(1))).toThrow('allowed: 1 to 5');
    expect(defaultBlockLength(400)).toBe(7);
    expect(defaultBlockLength(1)).toBe(1);
  });
});

describe('Monte Carlo p-value', () => {
  it('counts the observed arrangement, so that it is never 0', () => {
    expect(permutationPValue(0, 999)).toBe(0.001);
    expect(permutationPValue(999, 999)).toBe(1);
  });
});
