import { describe, expect, it } from 'vitest';
import { describeCurve } from '../../../src/dynamics/stretches/describe-curve.ts';
import { describeSeeds } from '../../../src/dynamics/stretches/describe-seeds.ts';
import type { CurveDescription } from '../../../src/dynamics/stretches/types.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { described, indices, kinds, noisyCurve, ramp } from './curves.ts';

const ofValues = (values: Float64Array): CurveDescription =>
  describeCurve({ steps: indices(values.length), values });

/** Every number of a description, by its path. */
function numbersIn(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`));
}

const whole = (description: CurveDescription): void => {
  for (const [path, number] of numbersIn(description)) expect(Number.isFinite(number), path).toBe(true);
};

describe('a series that is hard to describe', () => {
  it('may have hundreds of thousands of values', () => {
    const n = 300_000;
    const rng = createRandom('many');
    const values = Float64Array.from({ length: n }, (_, i) => rng.normal() + (i > 180_000 ? 10 : 0));
    const curve = described(ofValues(values));
    expect(kinds(curve)).toEqual(['level', 'rise (jump)', 'level']);
    expect(curve.stretches[1].to.index).toBe(180_001);
  });

  it('has a reason where it is too long', () => {
    expect(ofValues(new Float64Array(2_000_001))).toMatchObject({
      described: false,
      reason: '2000001 measurements; at most 2000000 are described',
    });
  });

  it('may be mostly ties, gaps and infinities', () => {
    const ties = noisyCurve(300, (i) => 4 * ramp(150, 1)(i), 0.4, 'ties').map(Math.round);
    expect(kinds(described(ofValues(ties)))).toEqual(['level', 'rise (jump)', 'level']);
    const gapped = noisyCurve(300, (i) => 20 * ramp(150, 1)(i), 1, 'gaps').map((value, i) =>
      i % 3 === 0 ? value : [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][i % 3],
    );
    const curve = described(ofValues(gapped));
    expect(curve).toMatchObject({ measurements: 100, dropped: 200 });
    expect(kinds(curve)).toEqual(['level', 'rise (jump)', 'level']);
    expect(curve.stretches[1].from.index).toBe(150);
    expect(ofValues(new Float64Array(50).fill(Number.POSITIVE_INFINITY))).toMatchObject({ described: false });
  });

  it.each([1e12, -1e12])(
    'may step by %d between the smallest of values, and has no other stretch',
    (size) => {
      for (const at of [3, 50, 94]) {
        const values = noisyCurve(100, (i) => size * ramp(at, 1)(i), 1, `step ${at}`);
        const curve = described(ofValues(values));
        expect(kinds(curve)).toEqual(['level', `${size > 0 ? 'rise' : 'fall'} (jump)`, 'level']);
        expect(curve.stretches[1].to.index).toBe(at + 1);
        whole(curve);
      }
    },
  );

  it('may be single values of 1e12, which are no movement', () => {
    const values = noisyCurve(200, () => 5, 1, 'spiked');
    for (const at of [20, 90, 150]) values[at] = 1e12;
    expect(kinds(described(ofValues(values)))).toEqual(['level']);
  });

  it.each([
    ['numbers that are nearly too large', (i: number) => (i % 2 === 0 ? 1e307 : -1e307)],
    ['the least numbers there are', (i: number) => (i % 5) * 5e-324],
    ['one value that differs', (i: number) => (i === 37 ? 1 : 0)],
    ['the first value alone', (i: number) => (i === 0 ? 1e300 : 1)],
    ['a sawtooth', (i: number) => i % 7],
    ['powers', (i: number) => 2 ** (9 * i - 500)],
  ])('is described in finite numbers: %s', (_, valueAt) => {
    whole(described(ofValues(indices(100).map(valueAt))));
  });

  it('is whole at any length, whatever its values', () => {
    const rng = createRandom('any length');
    for (let n = 0; n < 60; n++) {
      const scale = 10 ** (rng.integer(40) - 20);
      const values = Float64Array.from({ length: n }, () => scale * Math.round(3 * rng.normal()) ** 3);
      const description = ofValues(values);
      expect(description.described).toBe(n >= 12);
      whole(description);
    }
  });
});

describe('seeds that are hard to describe', () => {
  it('may step by 1e12, differ in scale by as much, or have gaps at different places', () => {
    const steps = indices(120);
    const runs = [0, 1, 2].map((seed) => {
      const values = noisyCurve(120, (i) => 1e12 * ramp(60, 1)(i), seed === 2 ? 1e-6 : 1, `hard ${seed}`);
      values[10 + seed] = Number.NaN;
      values[20 + seed] = Number.NEGATIVE_INFINITY;
      return { steps, values };
    });
    const seeds = described(describeSeeds(runs));
    expect(seeds).toMatchObject({ measurements: 114, dropped: 6 });
    expect(kinds(seeds)).toEqual(['level', 'rise (jump)', 'level']);
    expect(seeds.stretches[1].timing!.half.value).toBeCloseTo(60.5, 1);
  });

  it('have a reason where they are too short', () => {
    const short = { steps: indices(3), values: Float64Array.of(1, 2, 3) };
    expect(describeSeeds([short, short])).toMatchObject({
      described: false,
      reason: 'in all 2 runs: 3 measurements; at least 12 are needed',
    });
  });
});
