import type { Series } from '../../detectors/types.ts';
import { determinedPoints } from '../determined-points.ts';

/** The measurements of a series that have a value, ready to be described. */
export interface CurvePoints {
  /** Divided by `unit`, a power of two: nothing is rounded, and their squares neither overflow nor vanish. */
  readonly values: Float64Array;
  readonly unit: number;
  readonly steps: Float64Array;
  /** Index of each in the series as given. */
  readonly indices: Uint32Array;
  /** Measurements without a finite value, left out. */
  readonly dropped: number;
}

/** Fewer measurements cannot tell noise from movement. */
const FEWEST_MEASUREMENTS = 12;
/** More take too much memory; means of neighbors do as well. */
const MOST_MEASUREMENTS = 2_000_000;

/** The points of a series, or why it cannot be described. */
export function curvePoints(
  series: Series,
): CurvePoints | { readonly reason: string; readonly dropped: number } {
  const stepsReason = stepsObstacle(series);
  if (stepsReason !== null) return { reason: stepsReason, dropped: 0 };
  const { series: points, indices, dropped } = determinedPoints(series);
  const reason = countObstacle(points.values.length, dropped);
  if (reason !== null) return { reason, dropped };
  const unit = powerOfTwoBelow([points.values]);
  return { values: inUnit(points.values, unit), unit, steps: points.steps, indices, dropped };
}

export function inUnit(values: Float64Array, unit: number): Float64Array {
  const shares = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) shares[i] = values[i] / unit;
  return shares;
}

/** Why the steps of a series cannot be used; null where they can. */
export function stepsObstacle({ steps, values }: Series): string | null {
  if (steps.length !== values.length) return `${steps.length} steps for ${values.length} values`;
  for (let i = 0; i < steps.length; i++) {
    if (!Number.isFinite(steps[i])) return `step ${i + 1} of ${steps.length} is ${steps[i]}`;
    if (i > 0 && !(steps[i] > steps[i - 1])) {
      return `steps do not increase: ${steps[i]} after ${steps[i - 1]}`;
    }
  }
  return null;
}

/** Why that many measurements cannot be described; null where they can. */
export function countObstacle(n: number, dropped: number): string | null {
  const what = dropped === 0 ? `${n} measurements` : `${n} measurements with a value (${dropped} without)`;
  if (n < FEWEST_MEASUREMENTS) return `${what}; at least ${FEWEST_MEASUREMENTS} are needed`;
  return n > MOST_MEASUREMENTS ? `${what}; at most ${MOST_MEASUREMENTS} are described` : null;
}

/** The largest power of two that is at most the largest of the sizes; 1 where all are 0. */
export function powerOfTwoBelow(series: readonly Float64Array[]): number {
  let largest = 0;
  for (const values of series) for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}
