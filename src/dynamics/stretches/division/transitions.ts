import type { JitteryCurve } from '../noise/jitter.ts';
import { rangeMean } from '../noise/range-sums.ts';
import {
  type Evidence,
  opposite,
  type Sign,
  type SignedWindows,
  windowsOfSign,
} from '../windows/evidence.ts';
import { growWindows, joinWindows } from '../windows/joined-windows.ts';
import type { Window } from '../windows/minimal-windows.ts';
import type { Pieces } from './alternating-pieces.ts';
import { type MonotonePart, monotonePart, reachOfLevel } from './crossing.ts';
import { highestMean, isNarrow, levelAt, levelOf, NO_LEVEL, sidesOf } from './side-levels.ts';
import { type SideLevel, type TransitionEnds, transitionEnds } from './transition-ends.ts';

/** A rise or a fall, in indices of measurements. */
export interface Transition extends TransitionEnds {
  readonly sign: Sign;
  /** The union of the windows that show it. */
  readonly shown: Window;
  /** The places from the transition before, or the turning point, to the one after. */
  readonly room: Window;
  readonly before: SideLevel;
  readonly after: SideLevel;
  /** Whether level lies on both sides of it; else the curve turns back there, or comes back slowly, without a direction of its own. */
  readonly isLevelBeside: boolean;
}

/** A peak or trough between a rise and a fall. */
export interface Turn {
  readonly kind: 'peak' | 'trough';
  readonly place: number;
  readonly interval: Window;
}

/** The turning points of a series: the highest or lowest mean of three values where each may lie. */
export function turnsOf(values: Float64Array, { sign, turns }: Pieces): Turn[] {
  return turns.map((interval, k) => {
    const before = k % 2 === 0 ? sign : opposite(sign);
    const place = highestMean(values, interval.first, interval.last, before);
    return { kind: before > 0 ? 'peak' : 'trough', place, interval };
  });
}

/** The rises and falls of a series, in order. */
export function transitionsOf(
  noise: JitteryCurve,
  pieces: Pieces,
  turns: readonly Turn[],
  { moved, directed }: Evidence,
): Transition[] {
  const cuts = [0, ...turns.map(({ place }) => place), noise.values.length - 1];
  return cuts.slice(1).flatMap((until, k) => {
    const sign = k % 2 === 0 ? pieces.sign : opposite(pieces.sign);
    const from = cuts[k];
    const inside = (windows: SignedWindows): Window[] =>
      windowsOfSign(windows, sign)
        .filter(({ first, last }) => from <= (first + last) / 2 && (first + last) / 2 <= until)
        .map(({ first, last }) => ({ first: Math.max(first, from), last: Math.min(last, until) }));
    const parts = growWindows(joinWindows(inside(directed)), inside(moved));
    return parts.map((shown, j) => {
      const room = {
        first: j > 0 ? parts[j - 1].last : from,
        last: j + 1 < parts.length ? parts[j + 1].first : until,
      };
      const transition = placeTransition(noise, moved, sign, shown, room);
      return untilTurns(noise, transition, {
        first: j > 0 ? room.first : (turns[k - 1]?.interval.first ?? 0),
        last: j + 1 < parts.length ? room.last : (turns[k]?.interval.last ?? room.last),
      });
    });
  });
}

function placeTransition(
  noise: JitteryCurve,
  moved: SignedWindows,
  sign: Sign,
  shown: Window,
  room: Window,
): Transition {
  const isOwn = ({ first, last }: Window): boolean => first >= shown.first - 1 && last <= shown.last + 1;
  const own = windowsOfSign(moved, sign).filter(isOwn);
  const [earliest, latest] = own.length === 0 ? [shown, shown] : [own[0], own[own.length - 1]];
  const furthest = own.reduce(
    (most, window) => (isNarrow(window) ? Math.max(most, sign * differenceIn(noise, window)) : most),
    0,
  );
  const { before, after, from, until, isLevel } = sidesOf(noise, moved, sign, {
    ...{ shown, earliest, latest, furthest, room },
  });
  const part = monotonePart(noise.values, sign, from, until);
  const goesThere = sign * (after.value - before.value) > 0;
  const moving = goesThere ? { part, before, after } : furthestMove(noise, part);
  const levels = { before: moving.before, after: moving.after };
  const ends = withoutPlateau(transitionEnds(noise, moving.part, levels), earliest, latest, room);
  return { ...{ sign, shown, room }, ...levels, ...ends, isLevelBeside: goesThere && isLevel };
}

/** The mean of a window's second half less that of its first. */
function differenceIn({ sums }: JitteryCurve, { first, last }: Window): number {
  const middle = (first + last + 1) >> 1;
  return rangeMean(sums, middle, last + 1) - rangeMean(sums, first, middle);
}

/** A tail that is longer than this share of its transition is not a part of it, though it moves. */
const LONGEST_TAIL = 1 / 3;

/**
 * Where no level lies before a transition, and the first window that shows it ends before its start, it moves all along,
 * if only in a tail of it. Its interval holds both.
 */
function withoutPlateau(
  ends: TransitionEnds,
  earliest: Window,
  latest: Window,
  room: Window,
): TransitionEnds {
  const { first, last, start, end } = ends;
  const tail = LONGEST_TAIL * (last - first);
  const movesFirst =
    earliest.first - room.first < NO_LEVEL && earliest.last <= first && first - room.first <= tail;
  const movesLast = room.last - latest.last < NO_LEVEL && latest.first >= last && room.last - last <= tail;
  return {
    ...ends,
    ...(movesFirst ? { first: room.first, start: { first: room.first, last: start.last } } : {}),
    ...(movesLast ? { last: room.last, end: { first: end.first, last: room.last } } : {}),
  };
}

/** A start or end this close to a turning point may lie as well where the curve is flat on the other side of it. */
const AT_TURN = 3;
/** Share of a transition that is flat. */
const FLAT = 0.05;

/**
 * A turning point's place is uncertain where the curve is flat; so is then where the transition beside it starts or ends.
 *
 * @param limits how far the turning points may lie.
 */
function untilTurns(noise: JitteryCurve, transition: Transition, limits: Window): Transition {
  const { sign, room, start, end, before, after } = transition;
  const flat = FLAT * Math.abs(after.value - before.value);
  const first =
    start.first - room.first < AT_TURN
      ? reachOfLevel(noise, sign, before, flat, room.first, limits.first)
      : start.first;
  const last =
    room.last - end.last < AT_TURN
      ? reachOfLevel(noise, opposite(sign), after, flat, room.last, limits.last)
      : end.last;
  return {
    ...transition,
    start: { ...start, first: Math.min(start.first, first) },
    end: { ...end, last: Math.max(end.last, last) },
  };
}

/**
 * Where the levels beside a rise say that it falls: from where to where it rises furthest, one after the other; by single values where
 * their means do not rise.
 */
function furthestMove(
  noise: JitteryCurve,
  { sign, first, last }: MonotonePart,
): { readonly part: MonotonePart; readonly before: SideLevel; readonly after: SideLevel } {
  const between = (valueAt: (place: number) => SideLevel) => {
    let lowest = first;
    let from = first;
    let to = last;
    let most = Number.NEGATIVE_INFINITY;
    for (let place = first + 1; place <= last; place++) {
      const rise = sign * (valueAt(place).value - valueAt(lowest).value);
      if (rise > most) {
        from = lowest;
        to = place;
        most = rise;
      }
      if (rise < 0) lowest = place;
    }
    return { from, to, most, before: valueAt(from), after: valueAt(to) };
  };
  const smooth = between((place) => levelAt(noise, place));
  const { from, to, before, after } =
    smooth.most > 0 ? smooth : between((place) => levelOf(noise, place, place));
  return { part: monotonePart(noise.values, sign, from, to), before, after };
}
