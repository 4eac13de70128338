import { monotonePart } from '../division/crossing.ts';
import type { Strength } from '../division/tile-strength.ts';
import type { Tile } from '../division/tiles.ts';
import { type SideLevel, transitionEnds } from '../division/transition-ends.ts';
import { jitterAt, meanFactor } from '../noise/jitter.ts';
import type { NoiseCurve } from '../noise/noise-curve.ts';
import { rangeMean } from '../noise/range-sums.ts';

/** When and how far one seed makes a transition that the mean makes; places are indices, fractions of them for `half`. */
export interface SeedTransition {
  readonly start: number;
  readonly half: number;
  readonly end: number;
  readonly amplitude: number;
}

/**
 * One seed's own start, half-way crossing and end of a transition of the mean curve: around the window in which this seed
 * goes furthest beyond a walk, as far as that is wide. Further out, its own wander would be taken for a part of it.
 *
 * @param sharpest that window.
 * @returns null where the seed goes the other way.
 */
export function seedTransition(
  seed: NoiseCurve,
  { transition }: Tile,
  { sharpest: { place, scale } }: Strength,
): SeedTransition | null {
  if (transition === null) return null;
  const n = seed.values.length;
  const first = Math.max(0, place - 2 * scale);
  const last = Math.min(n - 1, place - 1 + 2 * scale);
  const before = levelOf(seed, first, Math.max(first, place - 1 - scale));
  const after = levelOf(seed, Math.min(last, place + scale), last);
  const amplitude = after.value - before.value;
  if (!(transition.sign * amplitude > 0)) return null;
  const part = monotonePart(seed.values, transition.sign, first, last);
  const ends = transitionEnds(seed, part, { before, after });
  return { start: ends.first, half: ends.half.place, end: ends.last, amplitude };
}

function levelOf(seed: NoiseCurve, first: number, last: number): SideLevel {
  const middle = (first + last) >> 1;
  return {
    value: rangeMean(seed.sums, first, last + 1),
    error: jitterAt(seed, middle) * meanFactor(seed, middle, last - first + 1),
  };
}
