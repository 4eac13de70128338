import { determined, undetermined } from './determined.ts';
import type { Determined } from './types.ts';

/** How weights differ from what they were. */
export interface WeightChange {
  /** ‖after − before‖ in the Frobenius norm. */
  readonly l2: number;
  /** Largest |difference| of one weight. */
  readonly max: number;
  /** Mean |difference| of one weight; NaN of none. */
  readonly mean: number;
  /** ‖after − before‖ / ‖before‖ in the Frobenius norm. */
  readonly relative: Determined;
  /** Cosine of the angle between both, taken as vectors: 1 where only the length changed. */
  readonly cosine: Determined;
}

/**
 * Compares the same weights at two times, in float64 (the published study's `weight_change_magnitude`).
 *
 * @throws RangeError if they are not equally many.
 * @example
 * weightChange(Float32Array.of(3, 4), Float32Array.of(3, 4.5)).relative; // { determined: true, value: 0.1 }
 */
export function weightChange(before: Float32Array, after: Float32Array): WeightChange {
  if (before.length !== after.length) {
    throw new RangeError(`${before.length} weights cannot be compared with ${after.length}`);
  }
  let [square, otherSquare, product, difference, absolute, max] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < before.length; i++) {
    const [a, b] = [before[i], after[i]];
    square += a * a;
    otherSquare += b * b;
    product += a * b;
    difference += (b - a) * (b - a);
    absolute += Math.abs(b - a);
    max = Math.max(max, Math.abs(b - a));
  }
  const moved = { l2: Math.sqrt(difference), max, mean: absolute / before.length };
  if (square === 0) {
    const reason = 'the weights were all zero';
    return { ...moved, relative: undetermined(reason), cosine: undetermined(reason) };
  }
  return {
    ...moved,
    relative: determined(Math.sqrt(difference / square)),
    cosine:
      otherSquare === 0
        ? undetermined('the weights are all zero')
        : // Rounding may lead out of what a cosine can be.
          determined(Math.min(1, Math.max(-1, product / Math.sqrt(square * otherSquare)))),
  };
}
