import { describe, expect, it } from 'vitest';
import { fewestPieces } from '../../../src/dynamics/stretches/division/alternating-pieces.ts';
import {
  firstDifferenceVariance,
  meanVariance,
  secondDifferenceVariance,
} from '../../../src/dynamics/stretches/noise/difference-variance.ts';
import { noiseCurve } from '../../../src/dynamics/stretches/noise/noise-curve.ts';
import { rangeMean, rangeSums } from '../../../src/dynamics/stretches/noise/range-sums.ts';
import { clipSpikes } from '../../../src/dynamics/stretches/noise/spikes.ts';
import { spreadOverLooks } from '../../../src/dynamics/stretches/repeated-looks.ts';
import { growWindows, joinWindows } from '../../../src/dynamics/stretches/windows/joined-windows.ts';
import { MinimalWindows } from '../../../src/dynamics/stretches/windows/minimal-windows.ts';
import { LEVELS } from '../../../src/dynamics/stretches/windows/threshold-tables.ts';
import {
  directedTail,
  movedTail,
  pooledTail,
  pValueOf,
  repeated,
  thresholdAt,
} from '../../../src/dynamics/stretches/windows/thresholds.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { noisyCurve, ramp } from './curves.ts';

const window = (first: number, last: number) => ({ first, last });

describe('sums over ranges', () => {
  it('keep the digits of small values beside a large step', () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => (i < 100 ? 0 : 1e12) + (i % 2) * 2 ** -10);
    expect(rangeMean(rangeSums(values), 1000, 1004) - 1e12).toBeCloseTo(2 ** -11, 4);
    expect(rangeMean(rangeSums(values), 10, 14)).toBe(2 ** -11);
  });
});

describe('variances of differences of means', () => {
  it.each([0, 0.3, 0.85])('are those of the weights, for AR(1) noise of coefficient %d', (phi) => {
    const variance = (weights: number[]): number => {
      let sum = 0;
      for (const [i, a] of weights.entries()) {
        for (const [j, b] of weights.entries()) sum += a * b * phi ** Math.abs(i - j);
      }
      return sum;
    };
    for (const h of [1, 2, 5]) {
      const part = (value: number): number[] => Array(h).fill(value / h);
      expect(meanVariance(h, phi)).toBeCloseTo(variance(part(1)), 12);
      expect(firstDifferenceVariance(h, phi)).toBeCloseTo(variance([...part(-1), ...part(1)]), 12);
      expect(secondDifferenceVariance(h, phi)).toBeCloseTo(
        variance([...part(1), ...part(-2), ...part(1)]),
        12,
      );
    }
  });
});

describe('the noise of a curve', () => {
  it('is the same whatever transition lies in it', () => {
    const plain = noiseCurve(noisyCurve(400, () => 0, 1, 'noise'));
    for (const size of [10, 1000]) {
      const moved = noiseCurve(noisyCurve(400, (i) => size * ramp(200, 10)(i), 1, 'noise'));
      for (const place of [0, 100, 200, 399]) {
        expect(moved.sd[place] / plain.sd[place]).toBeGreaterThan(0.7);
        expect(moved.sd[place] / plain.sd[place]).toBeLessThan(1.5);
      }
    }
  });
});

describe('spikes', () => {
  it('are clipped; steps, ramps and the two ends are not', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 100) + ramp(30, 5)(i) * 50);
    values[0] = 40;
    values[10] = 1000;
    values[39] = -70;
    const clipped = clipSpikes(values, new Float64Array(40).fill(1));
    expect(clipped[10]).toBe(4);
    const changed = [...values.keys()].filter((i) => clipped[i] !== values[i]);
    expect(changed).toEqual([10]);
  });
});

describe('windows', () => {
  it('are kept where they contain no other', () => {
    const minimal = new MinimalWindows(20);
    for (const [first, last] of [
      [4, 7],
      [10, 13],
      [11, 14],
      [3, 8],
      [5, 10],
      [8, 13],
      [0, 3],
    ]) {
      minimal.add(first, last);
    }
    expect(minimal.list()).toEqual([
      window(0, 3),
      window(4, 7),
      window(5, 10),
      window(10, 13),
      window(11, 14),
    ]);
  });

  it('join where they overlap, and grow by what touches them', () => {
    const windows = [window(8, 12), window(0, 3), window(2, 5), window(17, 19)];
    expect(joinWindows(windows)).toEqual([window(0, 5), window(8, 12), window(17, 19)]);
    expect(joinWindows(windows, 3)).toEqual([window(0, 12), window(17, 19)]);
    expect(growWindows([window(4, 6)], windows)).toEqual([window(0, 6)]);
  });

  it('make the fewest pieces, each turn between where it is latest and earliest', () => {
    const windows = { rising: [window(0, 9), window(2, 11)], falling: [window(30, 33), window(40, 43)] };
    expect(fewestPieces(windows, 50)).toEqual({ sign: 1, turns: [window(3, 32)] });
    expect(fewestPieces({ rising: [], falling: [window(3, 5)] }, 50)).toEqual({ sign: -1, turns: [] });
  });
});

describe('thresholds', () => {
  it('and p-values are inverse to each other, at every length', () => {
    for (const n of [12, 15, 40, 77, 399, 4000, 100_000]) {
      for (const tail of [movedTail(n), directedTail(n), pooledTail(n), repeated(movedTail(n), 6)]) {
        for (const alpha of [0.2, 0.13, 0.05, 0.011, 1e-3, 1e-5]) {
          expect(pValueOf(thresholdAt(alpha, tail), tail)).toBeCloseTo(alpha, 12);
        }
        expect(pValueOf(1e9, tail)).toBe(1e-6);
        expect(pValueOf(Number.NEGATIVE_INFINITY, tail)).toBe(1);
        for (const [k] of LEVELS.slice(1).entries()) {
          expect(tail.thresholds[k + 1]).toBeGreaterThan(tail.thresholds[k]);
        }
      }
    }
  });

  it('spend all of alpha over however many doublings', () => {
    let spent = 0;
    for (let n = 12; n < 1e9; n *= 2) spent += 1 / spreadOverLooks(n);
    expect(spent).toBeLessThanOrEqual(1);
    expect(spreadOverLooks(25)).toBe(spreadOverLooks(47));
    expect(spreadOverLooks(48)).toBeGreaterThan(spreadOverLooks(47));
  });
});

describe('random series', () => {
  it('have a noise curve however they look', () => {
    const rng = createRandom('any series');
    for (let trial = 0; trial < 200; trial++) {
      const n = 12 + rng.integer(100);
      const coarse = 2 ** (rng.integer(40) - 20);
      const values = Float64Array.from(
        { length: n },
        () => coarse * Math.round(rng.normal() * 2 ** rng.integer(30)),
      );
      const { sd, strength, roughness } = noiseCurve(values);
      for (const x of [...sd, ...strength, ...roughness.flatMap((row) => [...row])]) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(Number.POSITIVE_INFINITY);
      }
    }
  });
});
