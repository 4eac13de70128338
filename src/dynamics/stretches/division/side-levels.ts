import { type JitteryCurve, jitterAt, meanFactor } from '../noise/jitter.ts';
import { rangeMean } from '../noise/range-sums.ts';
import { opposite, type Sign, type SignedWindows, windowsOfSign } from '../windows/evidence.ts';
import type { Window } from '../windows/minimal-windows.ts';
import { scalesWithin } from '../windows/scales.ts';
import type { SideLevel } from './transition-ends.ts';

/** Most values that a level beside a transition is the mean of. */
export const LEVEL = 40;
/** Values beside a transition that are too few for a level. */
export const NO_LEVEL = 3;
/** Of what a narrow window of a transition shows, the levels beside it show at least as much. */
const LEAST_SHARE = 0.75;
/** Standard errors by which the nearest values of a level must be beyond its mean, so that they are what a transition leads to. */
const RETURNS = 2.5;
/** How much larger the standard error of a level may become with values that are more restless. */
const RESTLESS = 1.25;
/** Standard errors by which a curve must have gone beyond the level beside a transition, so that it has turned there. */
const BEYOND = 3;
/** Measurements of a window that shows a sharp turn. */
const NARROW = 10;
/** Standard deviations by which a value must stand out of the mean with its neighbors, so that the turn there is a sharp one. */
const SHARP = 3;

/** What lies beside a transition. */
export interface Sides {
  readonly before: SideLevel;
  readonly after: SideLevel;
  /** Where the curve turned before it, and turns after it, without a direction of its own; null where a level lies there. */
  readonly trough: number | null;
  readonly peak: number | null;
  /** How far the levels reach. */
  readonly from: number;
  readonly until: number;
  /** Whether both sides are level as far as they were looked at. */
  readonly isLevel: boolean;
}

/** A transition by the windows that show it, in the room between its neighbors. */
export interface ShownTransition {
  readonly shown: Window;
  /** Of the windows that moved, the first and the last. */
  readonly earliest: Window;
  readonly latest: Window;
  /** The largest difference between the halves of a narrow window, in its direction. */
  readonly furthest: number;
  readonly room: Window;
}

/**
 * The levels beside a transition: means of up to 40 values, or where nothing is level the values at its ends. Of a level that the curve comes
 * back to slowly only the nearest values count, as far as they agree. Where the curve is shown to turn
 * back within them, or has surely been beyond them, the extreme there: a collapse that recovers leads to its trough, not to the mean of what
 * follows. Where they differ by much less than a narrow window shows, the values next to the windows.
 */
export function sidesOf(
  noise: JitteryCurve,
  moved: SignedWindows,
  sign: Sign,
  transition: ShownTransition,
): Sides {
  const sides = sidesWithin(noise, moved, sign, transition, LEVEL);
  return sign * (sides.after.value - sides.before.value) < LEAST_SHARE * transition.furthest
    ? { ...sidesWithin(noise, moved, sign, transition, NO_LEVEL), isLevel: false }
    : sides;
}

/** @param most values that a level is the mean of. */
function sidesWithin(
  noise: JitteryCurve,
  moved: SignedWindows,
  sign: Sign,
  { shown, earliest, latest, room }: ShownTransition,
  most: number,
): Sides {
  const turns = turnsBeside(windowsOfSign(moved, opposite(sign)), earliest, latest);
  const before =
    earliest.first - room.first >= NO_LEVEL
      ? levelBefore(noise, sign, earliest.first, Math.max(room.first, earliest.first + 1 - most))
      : { ...levelAt(noise, shown.first), until: room.first, agrees: true };
  const after =
    room.last - latest.last >= NO_LEVEL
      ? levelAfter(noise, sign, latest.last, Math.min(room.last, latest.last + most - 1))
      : { ...levelAt(noise, shown.last), until: room.last, agrees: true };
  const trough =
    turns.before === null
      ? beyond(noise, opposite(sign), earliest, before)
      : extreme(noise, Math.max(room.first, turns.before), shown.last, opposite(sign));
  const peak =
    turns.after === null
      ? beyond(noise, sign, latest, after)
      : extreme(noise, shown.first, Math.min(room.last, turns.after), sign);
  return {
    before: trough === null ? before : levelAt(noise, trough),
    after: peak === null ? after : levelAt(noise, peak),
    trough,
    peak,
    from: trough ?? before.until,
    until: peak ?? after.until,
    isLevel: trough === null && peak === null && before.agrees && after.agrees,
  };
}

/** A level beside a transition, and how far it reaches; it agrees where the nearest values are not surely beyond its mean. */
interface Beside extends SideLevel {
  readonly until: number;
  readonly agrees: boolean;
}

function levelBefore(noise: JitteryCurve, sign: Sign, place: number, limit: number): Beside {
  return nearestLevel(place - limit + 1, opposite(sign), (count) => ({
    ...levelOf(noise, place + 1 - count, place),
    until: place + 1 - count,
  }));
}

function levelAfter(noise: JitteryCurve, sign: Sign, place: number, limit: number): Beside {
  return nearestLevel(limit - place + 1, sign, (count) => ({
    ...levelOf(noise, place, place + count - 1),
    until: place + count - 1,
  }));
}

/**
 * The mean of the values beside a transition that is known best: of as many as possible, but of none that are more restless than those
 * nearer to it, nor where those are surely beyond it (Lepski's choice of a width, on the side to which the transition leads: a tail
 * that goes on is a part of it).
 */
function nearestLevel(
  most: number,
  sign: Sign,
  levelWith: (count: number) => SideLevel & { readonly until: number },
): Beside {
  const levels = [...scalesWithin(NO_LEVEL, most - 1), most].map(levelWith);
  let best = 0;
  let least = levels[0].error;
  for (let k = 1; k < levels.length; k++) {
    const agree = levels
      .slice(0, k)
      .every(({ value, error }) => sign * (value - levels[k].value) <= RETURNS * error);
    if (!agree) break;
    if (levels[k].error <= RESTLESS * least) best = k;
    least = Math.min(least, levels[k].error);
  }
  return { ...levels[best], agrees: best === levels.length - 1 };
}

/** Whether it has so few measurements that it shows a sharp turn. */
export function isNarrow({ first, last }: Window): boolean {
  return last - first < NARROW;
}

/**
 * Where the curve has surely been beyond a level beside it: within the outermost window that shows the transition, where that is
 * narrow. Null where it has not; of many values some are always far out.
 */
function beyond(noise: JitteryCurve, sign: Sign, window: Window, level: SideLevel): number | null {
  if (!isNarrow(window)) return null;
  const place = extreme(noise, window.first, window.last, sign);
  const there = levelAt(noise, place);
  return sign * (there.value - level.value) > BEYOND * Math.hypot(there.error, level.error) ? place : null;
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

/** The mean of the values at first … last. */
export function levelOf(noise: JitteryCurve, first: number, last: number): SideLevel {
  let squares = 0;
  for (let i = first; i <= last; i++) squares += jitterAt(noise, i) ** 2;
  const count = last - first + 1;
  const error = Math.sqrt(squares / count) * meanFactor(noise, (first + last) >> 1, count);
  return { value: rangeMean(noise.sums, first, last + 1), error };
}

/**
 * The mean of three values around a place; the value itself at the start of the series, where it is what a network is before it is
 * trained, and at a sharp turn, where its neighbors are not like it.
 */
export function levelAt(noise: JitteryCurve, place: number): SideLevel {
  const { values } = noise;
  if (place === 0) return levelOf(noise, place, place);
  const mean = levelOf(noise, place - 1, Math.min(place + 1, values.length - 1));
  return Math.abs(values[place] - mean.value) > SHARP * jitterAt(noise, place)
    ? levelOf(noise, place, place)
    : mean;
}

/** Index of the highest mean of three values (lowest for −1) at first … last. */
export function highestMean(values: Float64Array, first: number, last: number, sign: Sign): number {
  const end = values.length - 1;
  let best = first;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = first; i <= last; i++) {
    const mean = sign * (values[Math.max(0, i - 1)] + values[i] + values[Math.min(end, i + 1)]);
    if (mean > most) {
      best = i;
      most = mean;
    }
  }
  return best;
}

/** The same, or of a value beside it that surely goes further than that mean: a sharp turn. */
export function extreme(noise: JitteryCurve, first: number, last: number, sign: Sign): number {
  const { values } = noise;
  const best = highestMean(values, first, last, sign);
  const mean = rangeMean(noise.sums, Math.max(0, best - 1), Math.min(values.length, best + 2));
  let sharp = best;
  let furthest = sign * mean + SHARP * jitterAt(noise, best);
  for (let i = Math.max(first, best - 2); i <= Math.min(last, best + 2); i++) {
    if (sign * values[i] > furthest) {
      sharp = i;
      furthest = sign * values[i];
    }
  }
  return sharp;
}
