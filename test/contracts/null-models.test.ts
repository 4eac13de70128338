import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { nullFamilies, nullFamily } from '../../src/validity/null-models/null-families.ts';
import * as surrogates from '../../src/validity/null-models/surrogates-of.ts';
import type { NullModel } from '../../src/validity/null-models/types.ts';

/** What every null family and every surrogate keeps, a new one too: it is tested by standing there. */

const rng = createRandom('a curve');
const curve = Float64Array.from({ length: 160 }, (_, t) => 10 * Math.exp(-t / 40) + 0.3 * rng.normal());
const steps = Float64Array.from({ length: 160 }, (_, t) => 5 * t);

const models: readonly (readonly [string, NullModel])[] = [
  ...nullFamilies.map(({ name, draw }) => [name, draw] as const),
  ...Object.entries(surrogates).filter((entry): entry is [string, NullModel] => entry[1].length === 2),
];

describe.each(models)('the null model %s', (_, draw) => {
  it('draws as many finite values as it is given, by its seed alone', () => {
    for (const n of [0, 1, 2, 50, 160]) {
      const values = draw(curve.slice(0, n), createRandom(3));
      expect(values).toHaveLength(n);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(draw({ steps: steps.slice(0, n), values: curve.slice(0, n) }, createRandom(3))).toEqual(values);
    }
    expect(draw(curve, createRandom(3))).not.toEqual(draw(curve, createRandom(4)));
  });

  it('changes nothing of the series that it is given', () => {
    const given = curve.slice();
    draw(given, createRandom(3));
    expect(given).toEqual(curve);
  });

  it('has no place at which something always changes', () => {
    // The largest difference of neighbors that all draws share, against what single draws differ by.
    const draws = Array.from({ length: 60 }, (_, i) => draw(curve, createRandom(i)));
    const differences = Array.from({ length: curve.length - 1 }, (_, t) => {
      const all = draws.map((values) => values[t + 1] - values[t]);
      const mean = all.reduce((a, b) => a + b, 0) / all.length;
      const sd = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
      return { mean: Math.abs(mean), sd };
    });
    for (const [t, { mean, sd }] of differences.entries()) {
      if (t < 8) continue; // Where the trend of a decay itself is steepest.
      const beside = differences.slice(Math.max(0, t - 8), t + 9).map((one) => one.mean);
      const usual = beside.toSorted((a, b) => a - b)[Math.floor(beside.length / 2)];
      expect(mean, `between ${t} and ${t + 1}`).toBeLessThanOrEqual(usual + 1.2 * sd + 1e-12);
    }
  });
});

describe('the null families', () => {
  it('have names of their own, in words joined by hyphens, and say what they are', () => {
    expect(new Set(nullFamilies.map(({ name }) => name)).size).toBe(nullFamilies.length);
    for (const { name, description, draw } of nullFamilies) {
      expect(name).toMatch(/^[a-z0-9]+([-.][a-z0-9]+)*$/);
      expect(description).toMatch(/\S/);
      expect(nullFamily(name).draw).toBe(draw);
    }
  });
});
