import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitDataset } from '../../src/datasets/split-dataset.ts';
import type { Dataset } from '../../src/datasets/types.ts';
import { createRandom } from '../../src/numerics/random.ts';

/** Example i is [i, i + ½] with label i mod 10. */
const numbered: Dataset = {
  name: 'numbered',
  inputs: Float32Array.from({ length: 200 }, (_, i) => i / 2),
  labels: Uint8Array.from({ length: 100 }, (_, i) => i % 10),
  exampleShape: [2],
  classes: 10,
  count: 100,
};

describe('splitDataset', () => {
  it('draws disjoint examples and says which', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(40), fc.integer(), (train, validation, seed) => {
        const split = splitDataset(numbered, { train, validation, rng: createRandom(seed) });
        expect([split.train.data.count, split.validation.data.count]).toEqual([train, validation]);
        const ids = [...split.train.ids, ...split.validation.ids];
        expect(new Set(ids).size).toBe(train + validation);
        const examples = [...split.train.data.inputs, ...split.validation.data.inputs];
        expect(examples).toEqual(ids.flatMap((id) => [id, id + 0.5]));
        const labels = [...split.train.data.labels, ...split.validation.data.labels];
        expect(labels).toEqual(ids.map((id) => id % 10));
      }),
      { numRuns: 50 },
    );
  });

  it('draws every example equally often', () => {
    const times = new Array<number>(100).fill(0);
    for (let seed = 0; seed < 1000; seed++) {
      const { train } = splitDataset(numbered, { train: 20, validation: 0, rng: createRandom(seed) });
      for (const id of train.ids) times[id]++;
    }
    // 200 expected, standard deviation 12.6; 100 examples stay within five of them.
    expect(Math.min(...times)).toBeGreaterThan(137);
    expect(Math.max(...times)).toBeLessThan(263);
  });

  it('repeats itself for the same seed', () => {
    const draw = (seed: number) =>
      splitDataset(numbered, { train: 10, validation: 5, rng: createRandom(seed) });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1).train.ids).not.toEqual(draw(2).train.ids);
  });

  it('refuses to draw more than there are', () => {
    expect(() => splitDataset(numbered, { train: 60, validation: 41, rng: createRandom(1) })).toThrow(
      'examples of numbered is "60 to train on and 41 to hold back"; allowed: 100 in all',
    );
  });
});
