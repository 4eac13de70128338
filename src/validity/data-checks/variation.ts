/** How much values vary, beside how finely they could be stored. */
export interface Variation {
  /** Finite values. */
  readonly points: number;
  /** Largest less smallest. */
  readonly range: number;
  /** Range over the largest magnitude; 0 where all are zero. */
  readonly relativeRange: number;
}

/**
 * Activations are computed in float32, so no metric of them carries more than its 24 bits, even if written with 17
 * digits. Values within eight such roundings of each other are the same value.
 */
export const ROUNDING = 8 * 2 ** -23;

/** @param values those that are not finite are left out. */
export function variationOf(values: ArrayLike<number>): Variation {
  let [points, lowest, highest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    points++;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  if (points === 0) return { points, range: 0, relativeRange: 0 };
  const range = highest - lowest;
  const size = Math.max(Math.abs(lowest), Math.abs(highest));
  return { points, range, relativeRange: size > 0 ? range / size : 0 };
}
