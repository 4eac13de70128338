import { monotonePart } from '../division/crossing.ts';
import type { Tile } from '../division/tiles.ts';
import { type SideLevel, transitionEnds } from '../division/transition-ends.ts';
import type { Transition } from '../division/transitions.ts';
import { jitterAt, meanFactor } from '../noise/jitter.ts';
import type { NoiseCurve } from '../noise/noise-curve.ts';
import { rangeMean } from '../noise/range-sums.ts';
import type { Window } from '../windows/minimal-windows.ts';

/** When and how far one seed makes a transition that the mean makes; places are indices, fractions of them for `half`. */
export interface SeedTransition {
  readonly start: number;
  readonly half: number;
  readonly end: number;
  readonly amplitude: number;
}

/** Most values that a seed's level beside the transition is the mean of. */
const LEVEL = 40;

/**
 * One seed's own start, half-way crossing and end in and around a transition of the mean curve: as far as the rises and
 * falls beside it, for seeds may be earlier or later.
 *
 * @returns null where the seed goes the other way.
 */
export function seedTransition(seed: NoiseCurve, tiles: readonly Tile[], k: number): SeedTransition | null {
  const { from, to, transition } = tiles[k];
  if (transition === null) return null;
  const room = roomFor(tiles, k, seed.values.length);
  const before = levelOf(seed, Math.max(room.first, from.interval.first - LEVEL), from.interval.first);
  const after = levelOf(seed, to.interval.last, Math.min(room.last, to.interval.last + LEVEL));
  const amplitude = after.value - before.value;
  if (!(transition.sign * amplitude > 0)) return null;
  const part = monotonePart(seed.values, transition.sign, room.first, room.last);
  const { first, last, half } = transitionEnds(seed, part, { before, after });
  return { start: first, half: half.place, end: last, amplitude };
}

/** Twice as far as the transition takes, but not into another. */
function roomFor(tiles: readonly Tile[], k: number, n: number): Window {
  const { from, to } = tiles[k];
  const reach = Math.max(LEVEL, 2 * (to.place - from.place));
  const before = neighbour(tiles[k - 1], tiles[k - 2])?.last ?? 0;
  const after = neighbour(tiles[k + 1], tiles[k + 2])?.first ?? n - 1;
  return {
    first: Math.min(from.place, Math.max(0, before, from.place - reach)),
    last: Math.max(to.place, Math.min(n - 1, after, to.place + reach)),
  };
}

/** The transition next to a tile, or next but one. */
function neighbour(next: Tile | undefined, afterNext: Tile | undefined): Transition | null {
  return next?.transition ?? afterNext?.transition ?? null;
}

function levelOf(seed: NoiseCurve, first: number, last: number): SideLevel {
  const [from, to] = [Math.min(first, last), Math.max(first, last)];
  const middle = (from + to) >> 1;
  return {
    value: rangeMean(seed.sums, from, to + 1),
    error: jitterAt(seed, middle) * meanFactor(seed, middle, to - from + 1),
  };
}
