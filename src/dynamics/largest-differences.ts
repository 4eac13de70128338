import { determinedPoints } from './determined-points.ts';
import { roundingResolution } from './rounding-resolution.ts';
import type { Change, Series } from './types.ts';

/**
 * The neighboring measurements between which a series moves fastest, the fastest first. Every series has some,
 * whatever happened: nothing is tested, so there is neither an effect nor a p-value.
 *
 * @param count how many at most; fewer where the rest is rounding.
 * @param separation training steps between two of them, so that one rise is not reported twice.
 */
export function largestDifferences(series: Series, count: number, separation: number): Change[] {
  const { series: points, indices } = determinedPoints(series);
  const { steps, values } = points;
  const smallest = roundingResolution(values);
  const size = (i: number): number => Math.abs(values[i] - values[i - 1]);
  const rate = (i: number): number => size(i) / (steps[i] - steps[i - 1]);
  const fastest = Array.from(values.keys())
    .filter((i) => i > 0 && size(i) > smallest)
    .sort((a, b) => rate(b) - rate(a));
  const chosen: number[] = [];
  for (const i of fastest) {
    if (chosen.length >= count) break;
    if (chosen.every((other) => Math.abs(steps[other] - steps[i]) > separation)) chosen.push(i);
  }
  return chosen.map((i) => ({
    index: indices[i],
    step: steps[i],
    interval: [steps[i - 1], steps[i]],
    kind: 'level',
    direction: values[i] > values[i - 1] ? 'increase' : 'decrease',
    effect: Number.NaN,
    magnitude: size(i),
    pValue: null,
  }));
}
