import { describe, expect, it } from 'vitest';
import { describeCurve } from '../../../src/dynamics/stretches/describe-curve.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { described, indices, noisyCurve, ramp } from './curves.ts';

const stabilizationOf = (values: Float64Array, options = {}) =>
  described(describeCurve({ steps: indices(values.length).map((i) => 5 * i), values }, options))
    .stabilization;

describe('a curve is stabilized', () => {
  it('from where it stays within the band of its end, with an interval', () => {
    const found = stabilizationOf(noisyCurve(400, (i) => 17 - 13 * ramp(0, 40)(i), 0.1, 'settles'));
    if (found.status !== 'stabilized') throw new Error(found.status);
    expect(found.band).toBeCloseTo(1.3, 0);
    expect(found.endValue).toBeCloseTo(4, 1);
    expect(found.step).toBe(5 * found.index);
    expect(Math.abs(found.index - 40)).toBeLessThanOrEqual(4);
    expect(found.interval[0]).toBeLessThanOrEqual(200);
    expect(found.interval[1]).toBeGreaterThanOrEqual(200);
  });

  it('not in the middle of a collapse, and not before a later rise', () => {
    const level = (i: number) => 6.8 - 2.7 * ramp(0, 30)(i) + ramp(150, 50)(i);
    const found = stabilizationOf(noisyCurve(400, level, 0.03, 'recovers'));
    if (found.status !== 'stabilized') throw new Error(found.status);
    expect(found.index).toBeGreaterThanOrEqual(170);
    expect(found.index).toBeLessThanOrEqual(206);
  });

  it('although its last part moves, where that is small beside what it did before', () => {
    const level = (i: number) => 5 - 2.04 * ramp(0, 60)(i) - 0.03 * ramp(200, 199)(i);
    const found = stabilizationOf(noisyCurve(400, level, 0.004, 'creeps'));
    expect(found.status).toBe('stabilized');
  });

  it('not where it still moves at the end', () => {
    expect(stabilizationOf(noisyCurve(400, (i) => i / 4, 0.1, 'rises'))).toMatchObject({
      status: 'moving',
      reason: 'still rising at the end',
    });
    expect(stabilizationOf(noisyCurve(400, (i) => 10 * ramp(370, 5)(i), 0.1, 'late'))).toMatchObject({
      status: 'moving',
      reason: 'rises until step 1875',
    });
  });

  it('not where it was away from its end as late as in the last tenth, and says when', () => {
    // Back at its level after a dent: what it has been near for most of the training is not said to be near only now.
    const dented = noisyCurve(
      400,
      (i) => 5 - 3 * ramp(0, 60)(i) - (i >= 372 && i < 379 ? 0.8 : 0),
      0.02,
      'dent',
    );
    expect(stabilizationOf(dented)).toMatchObject({
      status: 'moving',
      reason: expect.stringMatching(
        /^more than 0\.3\d? from its end as late as step 18[89]\d$|^rises until step 18[89]\d$/,
      ),
    });
  });

  it('within one band all along, the one that is said', () => {
    // Ten times as restless until step 1000: within the band of its end it is only from there on.
    const rng = createRandom('calms');
    const calms = Float64Array.from(
      { length: 400 },
      (_, i) => 2 * ramp(0, 20)(i) + (i < 200 ? 0.5 : 0.01) * rng.normal(),
    );
    const found = stabilizationOf(calms);
    if (found.status !== 'stabilized') throw new Error(found.status);
    expect(found.index).toBeGreaterThan(150);
    const tens = Array.from({ length: 39 }, (_, k) => calms.subarray(10 * k, 10 * k + 20));
    for (const [k, ten] of tens.entries()) {
      if (10 * k < found.index) continue;
      const mean = ten.reduce((sum, value) => sum + value, 0) / ten.length;
      expect(Math.abs(mean - found.endValue)).toBeLessThanOrEqual(found.band);
    }
  });

  it('constant only where the whole range lies within the resolution', () => {
    expect(stabilizationOf(noisyCurve(400, () => 10, 0.001, 'constant')).status).toBe('constant');
    const noisy = stabilizationOf(noisyCurve(400, () => 10, 1, 'noisy'));
    if (noisy.status !== 'unmoved') throw new Error(noisy.status);
    expect(noisy.range.interval[1]).toBeGreaterThan(noisy.resolution);
    // The rule: 13.6 to 3.6 in 40 measurements is not constant, whatever the noise.
    const falling = noisyCurve(40, (i) => 13.6 - 10 * ramp(0, 12)(i), 0.8, 'falls');
    expect(['stabilized', 'moving']).toContain(stabilizationOf(falling).status);
  });

  it('within a band that may be chosen', () => {
    const values = noisyCurve(400, (i) => 10 * Math.exp(-i / 40), 0.05, 'band');
    const [wide, narrow] = [0.2, 0.05].map((bandShare) => stabilizationOf(values, { bandShare }));
    if (wide.status !== 'stabilized' || narrow.status !== 'stabilized') throw new Error('moving');
    expect(narrow.band).toBeLessThan(wide.band);
    expect(narrow.index).toBeGreaterThanOrEqual(wide.index);
  });
});
