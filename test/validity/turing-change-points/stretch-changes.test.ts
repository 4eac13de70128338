import { describe, expect, it } from 'vitest';
import type { DetectorUnderTest } from '../../../src/validity/harness/types.ts';
import { stretchChanges, withJumps } from '../../../src/validity/turing-change-points/stretch-changes.ts';
import { noisyCurve, ramp, walk } from '../../dynamics/stretches/curves.ts';

const indices = (found: ReturnType<DetectorUnderTest>) => found?.map(({ index }) => index);
const silent: DetectorUnderTest = () => [];
const refusing: DetectorUnderTest = () => null;

describe('the rises and falls of a curve as changes', () => {
  it('are the first value after a step, with an interval that holds it', () => {
    const [change, ...others] = stretchChanges(
      noisyCurve(200, (i) => 30 * ramp(99, 1)(i), 1, 'step'),
      0.05,
    )!;
    expect(others).toEqual([]);
    expect(change.index).toBe(100);
    expect(change.interval![0]).toBeLessThan(100);
    expect(change.interval![1]).toBeGreaterThanOrEqual(100);
  });

  it('are the first value of a ramp and the first after it', () => {
    const found = indices(
      stretchChanges(
        noisyCurve(200, (i) => 100 * ramp(80, 40)(i), 1, 'ramp'),
        0.05,
      ),
    )!;
    expect(found).toHaveLength(2);
    expect(Math.abs(found[0] - 81)).toBeLessThanOrEqual(2);
    expect(Math.abs(found[1] - 120)).toBeLessThanOrEqual(2);
  });

  it('are one where a rise turns into a fall, and none at the ends of the series', () => {
    const peak = noisyCurve(200, (i) => 400 * (ramp(0, 100)(i) - ramp(100, 99)(i)), 1, 'peak');
    const found = indices(stretchChanges(peak, 0.05))!;
    expect(found).toHaveLength(1);
    expect(Math.abs(found[0] - 100)).toBeLessThanOrEqual(5);
  });

  it('are none in noise; and a curve that cannot be described is not testable', () => {
    expect(
      stretchChanges(
        noisyCurve(200, () => 0, 1, 'noise'),
        0.05,
      ),
    ).toEqual([]);
    expect(stretchChanges(Float64Array.of(1, 2, 3), 0.05)).toBeNull();
  });

  it('are counted among all observations where some are missing', () => {
    const values = noisyCurve(200, (i) => 30 * ramp(99, 1)(i), 1, 'gaps');
    for (const gap of [10, 11, 50]) values[gap] = Number.NaN;
    expect(indices(stretchChanges(values, 0.05))).toEqual([100]);
  });
});

describe('a detector together with the jumps of the curve', () => {
  const step = noisyCurve(200, (i) => 30 * ramp(99, 1)(i), 1, 'both');

  it('has those that it misses, and not twice those that it finds', () => {
    expect(indices(withJumps(silent)(step, 0.05))).toEqual([100]);
    expect(indices(withJumps(() => [{ index: 104, interval: null }])(step, 0.05))).toEqual([104]);
    expect(indices(withJumps(() => [{ index: 20, interval: null }])(step, 0.05))).toEqual([20, 100]);
  });

  it('answers where the detector refuses: by jumps alone, for what wanders is no change', () => {
    expect(indices(withJumps(refusing)(step, 0.05))).toEqual([100]);
    expect(withJumps(refusing)(walk(200, 'refused'), 0.05)).toEqual([]);
    expect(
      withJumps(refusing)(
        noisyCurve(200, (i) => 100 * ramp(50, 90)(i), 1, 'slow'),
        0.05,
      ),
    ).toEqual([]);
  });

  it('is not testable where neither can say anything, and the detector itself where the curve cannot', () => {
    const short = Float64Array.of(1, 2, 3);
    expect(withJumps(refusing)(short, 0.05)).toBeNull();
    expect(indices(withJumps(() => [{ index: 2, interval: null }])(short, 0.05))).toEqual([2]);
  });
});
