import { describe, expect, it } from 'vitest';
import { firstStepAbove0, logTicks, placesOnLogSteps, roundNumbers } from '../../src/figures/log-steps.ts';

describe('a logarithmic axis of training steps', () => {
  it('begins at the first measured step after 0', () => {
    expect(firstStepAbove0([{ steps: [0, 5, 10] }, { steps: [0, 20] }])).toBe(5);
    expect(firstStepAbove0([{ steps: [3, 6] }])).toBe(3);
    expect(firstStepAbove0([{ steps: [] }, { steps: [0] }])).toBe(1);
  });

  it('has round ticks that keep their distance from the first', () => {
    expect(logTicks(5, 1995)).toEqual([0, 5, 10, 20, 50, 100, 200, 500, 1000]);
    expect(logTicks(1, 9)).toEqual([0, 1, 2, 5]);
    expect(roundNumbers([0.03, 0.9])).toEqual([0.05, 0.1, 0.2, 0.5]);
    expect(roundNumbers([1.1, 4.6])).toEqual([1.5, 2, 3, 4]);
    expect(roundNumbers([1, 1e6])).toEqual([1, 10, 100, 1000, 1e4, 1e5, 1e6]);
  });

  it('has no ticks between ends that have no logarithm', () => {
    for (const ends of [
      [0, 0],
      [0, 5],
      [-1, 5],
      [1, Infinity],
      [Number.NaN, 1],
      [1, Number.NaN],
    ] as const)
      expect(roundNumbers(ends)).toEqual([]);
  });

  it('keeps every early measurement, and the extremes and the end of what it thins', () => {
    const steps = Float64Array.from({ length: 4000 }, (_, i) => 5 * i);
    const values = steps.map((_, i) => Math.sin(i / 7));
    values[3210] = 9;
    values[2500] = -9;
    const places = placesOnLogSteps(steps, values, 5, 100);
    expect(places.length).toBeLessThan(302);
    expect(places.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const kept of [3210, 2500, 3999]) expect(places).toContain(kept);
    expect(placesOnLogSteps([], [], 5, 100)).toEqual([]);
  });
});
