import type { ScaleWindows } from './scale-windows.ts';
import { multiscalePenalty } from './scales.ts';

/** How far the windows of a series go beyond `multiscalePenalty`; −Infinity where none is compared. */
export interface LargestExcess {
  /** Largest in units of jitter. */
  readonly moved: number;
  /** For each threshold asked for, the largest in units of a walk among the windows that moved by more than it. */
  readonly directed: readonly number[];
}

/**
 * What thresholds are calibrated by: the largest statistics of a whole series.
 *
 * @param n number of measurements.
 * @param movedThresholds ascending.
 */
export function largestExcess(
  scales: Iterable<ScaleWindows>,
  n: number,
  movedThresholds: ArrayLike<number>,
): LargestExcess {
  const directed = Array.from(movedThresholds, () => Number.NEGATIVE_INFINITY);
  let moved = Number.NEGATIVE_INFINITY;
  for (const { scale, difference, jitter, walk } of scales) {
    const penalty = multiscalePenalty(n, scale);
    for (let k = 0; k < difference.length; k++) {
      const size = Math.abs(difference[k]);
      const excess = size / jitter[k] - penalty;
      moved = Math.max(moved, excess);
      for (let j = 0; j < directed.length && excess > movedThresholds[j]; j++) {
        directed[j] = Math.max(directed[j], size / walk[k] - penalty);
      }
    }
  }
  return { moved, directed };
}
