import { determined, undetermined } from './determined.ts';
import type { Determined } from './types.ts';

/** How weights differ from what they were. */
export interface WeightChange {
  /** ‖after − before‖ / ‖before‖ in the Frobenius norm. */
  readonly relative: Determined;
  /** Cosine of the angle between both, taken as vectors: 1 where only the length changed. */
  readonly cosine: Determined;
}

/**
 * Compares the same weights at two times, in float64.
 *
 * @throws RangeError if they are not equally many.
 * @example
 * weightChange(Float32Array.of(3, 4), Float32Array.of(3, 4.5)).relative; // { determined: true, value: 0.1 }
 */
export function weightChange(before: Float32Array, after: Float32Array): WeightChange {
  if (before.length !== after.length) {
    throw new RangeError(`${before.length} weights cannot be compared with ${after.length}`);
  }
  let [square, otherSquare, product, difference] = [0, 0, 0, 0];
  for (let i = 0; i < before.length; i++) {
    const [a, b] = [before[i], after[i]];
    square += a * a;
    otherSquare += b * b;
    product += a * b;
    difference += (b - a) * (b - a);
  }
  if (square === 0) {
    const reason = 'the weights were all zero';
    return { relative: undetermined(reason), cosine: undetermined(reason) };
  }
  return {
    relative: determined(Math.sqrt(difference / square)),
    cosine:
      otherSquare === 0
        ? undetermined('the weights are all zero')
        : // Rounding may lead out of what a cosine can be.
          determined(Math.min(1, Math.max(-1, product / Math.sqrt(square * otherSquare)))),
  };
}
