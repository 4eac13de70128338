import { describe, expect, it } from 'vitest';
import type { Series } from '../../../src/detectors/types.ts';
import { describeSeeds } from '../../../src/dynamics/stretches/describe-seeds.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { described, indices, kinds, noisyCurve, ramp, walk } from './curves.ts';

const n = 200;
const steps = indices(n).map((i) => 5 * i);
const runs = (count: number, run: (seed: number) => Float64Array): Series[] =>
  Array.from({ length: count }, (_, seed) => ({ steps, values: run(seed) }));

describe('what seeds do', () => {
  const shifts = [-6, 0, 9];
  const moving = runs(3, (seed) =>
    noisyCurve(n, (i) => 2 + (4 + seed) * ramp(80 + shifts[seed], 10)(i), 0.2, `seed ${seed}`),
  );
  const seeds = described(describeSeeds(moving));

  it('is the stretches of their mean, with timing and amplitude over the seeds', () => {
    expect(kinds(seeds)).toEqual(['level', 'rise', 'level']);
    const rise = seeds.stretches[1];
    expect(rise.showing).toBe(3);
    const { start, half, end } = rise.timing!;
    for (const [place, expected] of [
      [start, 80],
      [half, 85],
      [end, 90],
    ] as const) {
      for (const [seed, own] of place.perSeed.entries()) {
        expect(Math.abs(own! - 5 * (expected + shifts[seed]))).toBeLessThanOrEqual(10);
      }
    }
    expect(half.value).toBeCloseTo(5 * 86, -1);
    expect(half.interval![0]).toBeLessThan(5 * 86);
    expect(half.interval![1]).toBeGreaterThan(5 * 86);
    expect(rise.amplitudes!.value).toBeCloseTo(5, 0);
    expect(rise.amplitudes!.perSeed.map((own) => Math.round(own!))).toEqual([4, 5, 6]);
    expect(seeds.stretches[0]).toMatchObject({ showing: null, timing: null });
  });

  it('tells when each seed makes the whole movement, not when it makes a quiet detail of it', () => {
    // Fast and restless at first, then a slow quiet tail: that goes furthest beyond its own jitter, and is a tenth of the whole.
    const calming = runs(3, (seed) => {
      const rng = createRandom(`calming ${seed}`);
      return steps.map((_, i) => {
        const level = 9 * ramp(0, 8)(i) - 4 * ramp(12 + seed, 20)(i) - 0.4 * ramp(60 + 30 * seed, 25)(i);
        return 10 - level + (0.15 * Math.exp(-i / 12) + 0.0005) * rng.normal();
      });
    });
    const rise = described(describeSeeds(calming)).stretches.find(({ kind }) => kind === 'rise')!;
    for (const own of rise.amplitudes!.perSeed) expect(own).toBeGreaterThan(3.4);
    for (const [seed, own] of rise.timing!.half.perSeed.entries())
      expect(Math.abs(own! - 5 * (22 + seed))).toBeLessThanOrEqual(5 * 4);
  });

  it('is a mean curve with a band', () => {
    const { curve } = seeds;
    expect(curve.mean).toHaveLength(n);
    expect(curve.mean[0]).toBeCloseTo(
      (moving[0].values[0] + moving[1].values[0] + moving[2].values[0]) / 3,
      12,
    );
    for (let i = 0; i < n; i++) {
      expect(curve.low[i]).toBeLessThan(curve.mean[i]);
      expect(curve.high[i]).toBeGreaterThan(curve.mean[i]);
    }
  });

  it('has turning points with the places of the seeds', () => {
    const turning = runs(3, (seed) =>
      noisyCurve(n, (i) => 10 - 8 * ramp(0, 20)(i) + 5 * ramp(60 + 2 * seed, 40)(i), 0.1, `turn ${seed}`),
    );
    const { turningPoints } = described(describeSeeds(turning));
    expect(turningPoints).toHaveLength(1);
    expect(turningPoints[0].kind).toBe('trough');
    expect(turningPoints[0].places!.perSeed).toHaveLength(3);
    expect(turningPoints[0].places!.value).toBeGreaterThan(5 * 18);
    expect(turningPoints[0].places!.value).toBeLessThan(5 * 66);
  });

  it('is no rise where one seed alone rises', () => {
    const alone = runs(3, (seed) =>
      noisyCurve(n, (i) => (seed === 1 ? 30 * ramp(100, 1)(i) : 0), 1, `alone ${seed}`),
    );
    const { stretches } = described(describeSeeds(alone));
    expect(stretches.filter(({ kind }) => kind === 'rise' || kind === 'fall')).toEqual([]);
    expect(stretches.map(({ showing }) => showing)).toContain(1);
  });

  it('shows a direction that no seed shows alone', () => {
    const drifting = runs(5, (seed) => walk(n, `drift ${seed}`).map((value, i) => value + 1.2 * i));
    expect(kinds(described(describeSeeds(drifting)))).toContain('rise');
  });

  it('is drawn from the steps that all have in common', () => {
    const values = moving[0].values.slice();
    values[50] = Number.NaN;
    const longer: Series = { steps: indices(n + 50).map((i) => 5 * i), values: new Float64Array(n + 50) };
    longer.values.set(moving[1].values);
    const { measurements, dropped } = described(describeSeeds([{ steps, values }, longer, moving[2]]));
    expect({ measurements, dropped }).toEqual({ measurements: n - 1, dropped: 51 });
  });

  it('has a reason where it cannot be said', () => {
    const reason = (given: readonly Series[]): string => {
      const description = describeSeeds(given);
      return description.described ? 'described' : description.reason;
    };
    expect(reason([moving[0]])).toBe('1 run; at least 2 seeds are needed');
    const elsewhere = { steps: steps.map((step) => step + 1), values: moving[0].values };
    expect(reason([moving[0], elsewhere])).toBe(
      'in all 2 runs: 0 measurements with a value (400 without); at least 12 are needed',
    );
    expect(reason([moving[0], { steps: indices(3), values: indices(2) }])).toBe(
      'run 2: 3 steps for 2 values',
    );
  });

  it('is level where all values are equal in all seeds, or in one', () => {
    expect(kinds(described(describeSeeds(runs(2, () => new Float64Array(n)))))).toEqual(['level']);
    const oneFlat = runs(2, (seed) => (seed === 0 ? new Float64Array(n) : noisyCurve(n, () => 0, 1, 'flat')));
    expect(kinds(described(describeSeeds(oneFlat)))).toEqual(['level']);
  });
});
