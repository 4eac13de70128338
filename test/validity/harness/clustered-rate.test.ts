import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../src/numerics/wilson-interval.ts';
import { clusteredRate } from '../../../src/validity/harness/clustered-rate.ts';

describe('a rate of clustered trials', () => {
  it('has Wilson’s interval where each cluster is one trial', () => {
    const { value, interval } = clusteredRate(30, 30, 200, 1);
    expect(value).toBe(0.15);
    expect(interval[0]).toBeCloseTo(wilsonInterval(30, 200)[0], 12);
    expect(interval[1]).toBeCloseTo(wilsonInterval(30, 200)[1], 12);
  });

  it('has the interval of as many trials as there are clusters where all trials of a cluster agree', () => {
    // 40 of 100 clusters of 5 have 5 successes each: 200 of 500 trials, squares 40·25.
    const { value, interval } = clusteredRate(200, 1000, 100, 5);
    expect(value).toBe(0.4);
    expect(interval[0]).toBeCloseTo(wilsonInterval(40, 100)[0], 12);
    expect(interval[1]).toBeCloseTo(wilsonInterval(40, 100)[1], 12);
  });

  it('never takes clusters for more than their trials', () => {
    // Every cluster has exactly one success in two trials: less spread than chance.
    expect(clusteredRate(100, 100, 100, 2).interval).toEqual(wilsonInterval(100, 200));
  });

  it.each([0, 100])('is bounded at %i of 100', (successes) => {
    expect(clusteredRate(successes, successes, 100, 1).interval).toEqual(wilsonInterval(successes, 100));
  });
});
