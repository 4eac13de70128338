import { describe, expect, it } from 'vitest';
import { channelsFor } from '../../../src/dynamics/run-changes/channels.ts';
import type { JointStatistic } from '../../../src/dynamics/run-changes/joint-statistics.ts';
import {
  chanceOf,
  criticalStrength,
  LEAST_CHANCE,
  levelAt,
  ratioOf,
  SIZES,
} from '../../../src/dynamics/run-changes/strength.ts';

const statistic = (size: number, allowance = 1): JointStatistic => ({
  channel: { quantity: 'size', width: 4 },
  values: Float64Array.of(12),
  sizes: Int32Array.of(size),
  allowance: Float64Array.of(allowance),
  parts: [],
});

describe('the level of a joint statistic', () => {
  it('is higher the less it is compared with', () => {
    const levels = [8, 9, 12, 20, 50, 99, 100, 500].map((size) => levelAt(statistic(size), 0));
    expect(levels).toEqual(levels.toSorted((a, b) => b - a));
    expect(levels.at(-1)).toBe(levels.at(-2));
  });

  it('is higher in a restless run', () => {
    expect(levelAt(statistic(100, 3), 0)).toBeCloseTo(3 * levelAt(statistic(100), 0), 12);
  });

  it('is there for every channel of runs of any length', () => {
    for (const n of [12, 40, 99, 100, 400, 4000]) {
      for (const channel of channelsFor(n)) {
        for (const size of SIZES) {
          const level = levelAt({ ...statistic(size), channel }, 0);
          expect(level).toBeGreaterThan(2);
          expect(level).toBeLessThan(40);
        }
      }
    }
  });

  it('makes channels comparable; what has no reference has no strength', () => {
    expect(ratioOf(statistic(100), 0)).toBeCloseTo(12 / levelAt(statistic(100), 0), 12);
    expect(ratioOf(statistic(0), 0)).toBe(0);
  });
});

describe('chances of a strength', () => {
  it('are what the critical strength is made of, and the other way round', () => {
    for (const n of [12, 40, 70, 400, 700, 4000, 100000]) {
      for (const alpha of [0.4, 0.2, 0.05, 0.03, 0.01, 0.002]) {
        expect(chanceOf(criticalStrength(n, alpha), n)).toBeCloseTo(alpha, 6);
      }
    }
  });

  it('fall with the strength, between 1 and the least that is stated', () => {
    const chances = [0, 0.3, 0.6, 1, 1.5, 2, 3, 10, 1e6].map((strength) => chanceOf(strength, 400));
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect([chances[0], chances.at(-1)]).toEqual([1, LEAST_CHANCE]);
  });
});
