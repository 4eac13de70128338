import { describe, expect, it } from 'vitest';
import { contrasts } from '../../../src/dynamics/run-changes/contrasts.ts';
import { joinedSeeds } from '../../../src/dynamics/run-changes/joined-seeds.ts';
import { jointStatistics, ownPast } from '../../../src/dynamics/run-changes/joint-statistics.ts';
import { pastSpread } from '../../../src/dynamics/run-changes/past-spread.ts';
import { referenceOf } from '../../../src/dynamics/run-changes/reference.ts';
import type { LogSeries } from '../../../src/dynamics/run-changes/run-series.ts';
import { unrestAllowance } from '../../../src/dynamics/run-changes/unrest.ts';
import { MAD_TO_SD, median, medianAbsoluteDeviation } from '../../../src/numerics/quantile.ts';
import { createRandom } from '../../../src/numerics/random.ts';

const n = 200;
const steps = Float64Array.from({ length: n }, (_, t) => 5 * t);
const noise = (seed: number, sd = 1): Float64Array => {
  const rng = createRandom(seed);
  return Float64Array.from({ length: n }, () => sd * rng.normal());
};
const series = (
  quantity: LogSeries['quantity'],
  values: Float64Array,
  layer: string | null = 'fc',
): LogSeries => ({
  quantity,
  name: quantity,
  layer,
  values,
});
const channel = { quantity: 'loss', width: 4 } as const;

describe('the spread of what was before', () => {
  const values = noise(1);
  const spread = pastSpread(values, referenceOf(steps, 1));

  it('has the median of the reference', () => {
    // Six at the start are left out, and 150 itself.
    const reference = [...values.slice(50, 150)];
    expect(spread.medians[150]).toBeCloseTo(median(reference), 12);
    expect(spread.typical[150]).toBeCloseTo(MAD_TO_SD * medianAbsoluteDeviation(reference), 12);
    expect(spread.sizes[150]).toBe(100);
  });

  it('is larger where the past had bursts', () => {
    const bursts = values.map((value, t) => (t === 100 ? 40 : value));
    const { deviations, typical } = pastSpread(bursts, referenceOf(steps, 1));
    expect(deviations[150]).toBeGreaterThan(3 * typical[150]);
    expect(deviations[150]).toBeGreaterThan(3 * spread.deviations[150]);
  });

  it('does not see what comes later', () => {
    const changed = values.map((value, t) => (t > 150 ? 1e6 : value));
    expect(pastSpread(changed, referenceOf(steps, 1)).deviations[150]).toBe(spread.deviations[150]);
  });
});

describe('a joint statistic', () => {
  const loss = series('loss', noise(2), null);

  it('is the contrast in units of its past, where there is one series', () => {
    const [joint] = jointStatistics([loss], [channel], ownPast(steps));
    const values = contrasts(loss.values, 4);
    const { medians, deviations } = pastSpread(values, referenceOf(steps, 4));
    expect(joint.values[150]).toBeCloseTo(Math.abs((values[150] - medians[150]) / deviations[150]), 1);
  });

  it('is the root mean square over series, whatever their units', () => {
    const shapes = [series('shape', noise(3), 'a'), series('shape', noise(4, 1000), 'b')];
    const shape = { quantity: 'shape', width: 4 } as const;
    const [joint] = jointStatistics(shapes, [shape], ownPast(steps));
    const scores = shapes.map((one) => jointStatistics([one], [shape], ownPast(steps))[0].values[150]);
    expect(joint.values[150]).toBeCloseTo(Math.hypot(...scores) / Math.SQRT2, 10);
  });

  it('is nowhere without enough of a past, and not for quantities that the run has not', () => {
    const [joint, ...others] = jointStatistics(
      [loss],
      [channel, { quantity: 'size', width: 4 }],
      ownPast(steps),
    );
    expect(others).toEqual([]);
    expect(joint.values[12]).toBeNaN();
    expect(joint.sizes[12]).toBe(0);
    expect(joint.values[n - 3]).toBeNaN();
  });

  it('leaves out series where they have no value', () => {
    const half = series(
      'shape',
      noise(3).map((value, t) => (t > 120 ? Number.NaN : value)),
      'a',
    );
    const whole = series('shape', noise(4), 'b');
    const shape = { quantity: 'shape', width: 4 } as const;
    const [joint] = jointStatistics([half, whole], [shape], ownPast(steps));
    expect(joint.values[150]).toBe(jointStatistics([whole], [shape], ownPast(steps))[0].values[150]);
  });
});

describe('runs of several seeds', () => {
  it('add up what they share', () => {
    const runs = [5, 6, 7, 8].map((seed) =>
      jointStatistics(
        [
          series(
            'loss',
            noise(seed).map((value, t) => value + (t > 100 ? 2 : 0)),
            null,
          ),
        ],
        [channel],
        ownPast(steps),
      ),
    );
    const [joint] = joinedSeeds(runs);
    const mean = runs.reduce((sum, [one]) => sum + one.parts[0].scores[100], 0) / 4;
    expect(joint.values[100]).toBeCloseTo(Math.abs(2 * mean), 10);
  });

  it('are one run where there is one', () => {
    const run = jointStatistics([series('loss', noise(5), null)], [channel], ownPast(steps));
    expect(joinedSeeds([run])).toEqual(run);
  });

  it('leave out what not all of them have', () => {
    const run = (name: string) =>
      jointStatistics(
        [{ ...series('shape', noise(5)), name }],
        [{ quantity: 'shape', width: 4 }],
        ownPast(steps),
      );
    expect(joinedSeeds([run('a'), run('b')])).toEqual([]);
  });
});

describe('the allowance for restless runs', () => {
  const allowanceOf = (sd: number): number =>
    unrestAllowance([series('pace', noise(9, sd), null)], ownPast(steps).spreadOf)[150];

  it('grows with what the pace does, between e^0.2 and e^1.4', () => {
    const allowances = [0.01, 0.6, 1, 1.4, 20].map(allowanceOf);
    expect(allowances).toEqual(allowances.toSorted((a, b) => a - b));
    expect(allowances[0]).toBeCloseTo(Math.exp(0.2), 12);
    expect(allowances[4]).toBeCloseTo(Math.exp(1.4), 12);
  });

  it('is the largest where the pace is not known', () => {
    const [first] = unrestAllowance([series('loss', noise(1), null)], ownPast(steps).spreadOf);
    expect(first).toBeCloseTo(Math.exp(1.4), 12);
  });
});
