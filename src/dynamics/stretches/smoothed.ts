import type { Tile } from './division/tiles.ts';
import { type JitteryCurve, jitterAt, meanFactors } from './noise/jitter.ts';
import { rangeMean } from './noise/range-sums.ts';

/** A curve without its finest jitter, and the standard error of each value. */
export interface Smoothed {
  readonly means: Float64Array;
  readonly errors: Float64Array;
}

/**
 * Means of a few neighboring values, with their standard errors: of the same stretch, for what lies beyond a jump says
 * nothing of the level before it; of a rise or fall fewer. Towards the first value, which is what a network is before it is
 * trained, they are fewer as well.
 */
export function smoothed(noise: JitteryCurve, tiles: readonly Tile[]): Smoothed {
  const n = noise.values.length;
  const half = Math.max(1, Math.min(10, Math.round(n / 80)));
  const means = new Float64Array(n);
  const errors = new Float64Array(n);
  for (const { from, to, transition } of tiles) {
    const within = transition === null ? half : Math.min(half, (to.place - from.place) >> 3);
    let count = 1;
    let factors = meanFactors(1);
    for (let i = from.place; i <= to.place; i++) {
      const first = Math.max(from.place, i - within);
      const last = Math.min(to.place, i + Math.min(within, i));
      if (last - first + 1 !== count) {
        count = last - first + 1;
        factors = meanFactors(count);
      }
      means[i] = rangeMean(noise.sums, first, last + 1);
      errors[i] = jitterAt(noise, i) * factors[noise.memory[i]];
    }
  }
  return { means, errors };
}
