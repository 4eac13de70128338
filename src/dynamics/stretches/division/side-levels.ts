import { type JitteryCurve, jitterAt, meanFactor } from '../noise/jitter.ts';
import { rangeMean } from '../noise/range-sums.ts';
import { opposite, type Sign, type SignedWindows, windowsOfSign } from '../windows/evidence.ts';
import type { Window } from '../windows/minimal-windows.ts';
import type { SideLevel } from './transition-ends.ts';

/** Most values that a level beside a transition is the mean of. */
export const LEVEL = 40;
/** Values beside a transition that are too few for a level. */
export const NO_LEVEL = 3;

/** What lies beside a transition. */
export interface Sides {
  readonly before: SideLevel;
  readonly after: SideLevel;
  /** Where the curve turned before it, and turns after it, without a direction of its own; null where a level lies there. */
  readonly trough: number | null;
  readonly peak: number | null;
}

/** A transition by the windows that show it, in the room between its neighbors. */
export interface ShownTransition {
  readonly shown: Window;
  /** Of the windows that moved, the first and the last. */
  readonly earliest: Window;
  readonly latest: Window;
  readonly room: Window;
}

/**
 * The levels beside a transition: means of up to 40 values, or where nothing is level the values at its ends. Where the curve is shown to turn
 * back within them, the extreme there: a collapse that recovers leads to its trough, not to the mean of what follows.
 */
export function sidesOf(
  noise: JitteryCurve,
  moved: SignedWindows,
  sign: Sign,
  { shown, earliest, latest, room }: ShownTransition,
): Sides {
  const { values } = noise;
  const turns = turnsBeside(windowsOfSign(moved, opposite(sign)), earliest, latest);
  const trough =
    turns.before === null
      ? null
      : extreme(values, Math.max(room.first, turns.before), shown.last, opposite(sign));
  const peak =
    turns.after === null ? null : extreme(values, shown.first, Math.min(room.last, turns.after), sign);
  const levelBefore = (): SideLevel =>
    earliest.first - room.first >= NO_LEVEL
      ? levelOf(noise, Math.max(room.first, earliest.first + 1 - LEVEL), earliest.first)
      : levelAt(noise, shown.first);
  const levelAfter = (): SideLevel =>
    room.last - latest.last >= NO_LEVEL
      ? levelOf(noise, latest.last, Math.min(room.last, latest.last + LEVEL - 1))
      : levelAt(noise, shown.last);
  return {
    before: trough === null ? levelBefore() : levelAt(noise, trough),
    after: peak === null ? levelAfter() : levelAt(noise, peak),
    trough,
    peak,
  };
}

/**
 * Places until which a curve is shown to turn back before and after a transition, if without a direction of its own: a collapse that
 * recovers leads to its trough, not to the mean of what follows. Null where a level lies beside it.
 */
function turnsBeside(
  back: readonly Window[],
  earliest: Window,
  latest: Window,
): { readonly before: number | null; readonly after: number | null } {
  const before = back.findLast(({ first, last }) => last <= earliest.last && first > earliest.first - LEVEL);
  const after = back.find(({ first, last }) => first >= latest.first && last < latest.last + LEVEL);
  return { before: before?.first ?? null, after: after?.last ?? null };
}

function levelOf(noise: JitteryCurve, first: number, last: number): SideLevel {
  const middle = (first + last) >> 1;
  const error = jitterAt(noise, middle) * meanFactor(noise, middle, last - first + 1);
  return { value: rangeMean(noise.sums, first, last + 1), error };
}

/** The mean of three values around a place; at the ends of the series the value itself, which is real. */
function levelAt(noise: JitteryCurve, place: number): SideLevel {
  const end = place === 0 || place === noise.values.length - 1;
  return end ? levelOf(noise, place, place) : levelOf(noise, place - 1, place + 1);
}

/** Index of the highest mean of three values (lowest for −1) at first … last. */
export function extreme(values: Float64Array, first: number, last: number, sign: Sign): number {
  const end = values.length - 1;
  let [best, most] = [first, Number.NEGATIVE_INFINITY];
  for (let i = first; i <= last; i++) {
    const mean = sign * (values[Math.max(0, i - 1)] + values[i] + values[Math.min(end, i + 1)]);
    if (mean > most) [best, most] = [i, mean];
  }
  return best;
}
