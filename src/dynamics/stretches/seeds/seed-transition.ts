import { monotonePart } from '../division/crossing.ts';
import { extreme } from '../division/side-levels.ts';
import type { Strength } from '../division/tile-strength.ts';
import type { Tile } from '../division/tiles.ts';
import { type SideLevel, transitionEnds } from '../division/transition-ends.ts';
import type { Transition } from '../division/transitions.ts';
import { type JitteryCurve, jitterAt, meanFactor } from '../noise/jitter.ts';
import { rangeMean } from '../noise/range-sums.ts';
import { opposite, type Sign } from '../windows/evidence.ts';

/** When and how far one seed makes a transition that the mean makes; places are indices, fractions of them for `half`. */
export interface SeedTransition {
  readonly start: number;
  readonly half: number;
  readonly end: number;
  readonly amplitude: number;
}

/** A window that shows less of what the seed does there is a detail of it; with 0.75, the intervals of walking seeds held 90 %. */
const LEAST_SHARE = 0.5;

/** The transitions of the mean before and after one, if there are any. */
export interface Neighbors {
  readonly before: Transition | null;
  readonly after: Transition | null;
}

/**
 * One seed's own start, half-way crossing and end of a transition of the mean curve: around the window in which this seed
 * goes furthest beyond a walk, as far as that is wide. Further out, its own wander would be taken for a part of it. Where that
 * window shows less than half of what the seed does from end to end of the transition (it is quiet, and the rest is not), from end to end;
 * so is how far it goes in any case.
 *
 * @param sharpest that window.
 * @param neighbors between which the seed itself turns.
 * @returns null where the seed goes the other way.
 */
export function seedTransition(
  seed: JitteryCurve,
  { from, to, transition }: Tile,
  { sharpest: { place, scale } }: Strength,
  neighbors: Neighbors,
): SeedTransition | null {
  if (transition === null) return null;
  const { sign, room } = transition;
  const last = seed.values.length - 1;
  const sharpest = between(seed, sign, {
    first: Math.max(0, place - 2 * scale),
    levelUntil: place - 1 - scale,
    levelFrom: place + scale,
    last: Math.min(last, place - 1 + 2 * scale),
  });
  const beside = Math.max(1, Math.min(MOST_BESIDE, (to.place - from.place) >> 1));
  const turns = ownTurns(seed, transition, neighbors);
  const whole = between(seed, sign, {
    first: turns.before ?? Math.max(room.first, from.place - beside),
    levelUntil: turns.before === null ? from.place : turns.before + 1,
    levelFrom: turns.after === null ? to.place : turns.after - 1,
    last: turns.after ?? Math.min(room.last, to.place + beside),
  });
  if (sharpest === null || whole === null) return sharpest ?? whole;
  const { amplitude } = whole;
  return Math.abs(sharpest.amplitude) < LEAST_SHARE * Math.abs(amplitude)
    ? whole
    : { ...sharpest, amplitude };
}

/** Most values beside a transition of the mean that say where a seed comes from and goes to. */
const MOST_BESIDE = 40;

/** Where the seed itself turns from the transition before and to the one after, where these go the other way. */
function ownTurns(
  seed: JitteryCurve,
  { sign, middle }: Transition,
  { before, after }: Neighbors,
): { readonly before: number | null; readonly after: number | null } {
  return {
    before: before?.sign === opposite(sign) ? extreme(seed, before.middle, middle, opposite(sign)) : null,
    after: after?.sign === opposite(sign) ? extreme(seed, middle, after.middle, sign) : null,
  };
}

/** What a seed does at `first` … `last`, from its mean until `levelUntil` to its mean from `levelFrom` on. */
function between(
  seed: JitteryCurve,
  sign: Sign,
  {
    first,
    levelUntil,
    levelFrom,
    last,
  }: {
    readonly first: number;
    readonly levelUntil: number;
    readonly levelFrom: number;
    readonly last: number;
  },
): SeedTransition | null {
  const before = levelOf(seed, first, Math.max(first, Math.min(last, levelUntil)));
  const after = levelOf(seed, Math.max(first, Math.min(last, levelFrom)), last);
  const amplitude = after.value - before.value;
  if (!(sign * amplitude > 0)) return null;
  const ends = transitionEnds(seed, monotonePart(seed.values, sign, first, last), { before, after });
  return { start: ends.first, half: ends.half.place, end: ends.last, amplitude };
}

function levelOf(seed: JitteryCurve, first: number, last: number): SideLevel {
  const middle = (first + last) >> 1;
  return {
    value: rangeMean(seed.sums, first, last + 1),
    error: jitterAt(seed, middle) * meanFactor(seed, middle, last - first + 1),
  };
}
