import { transition } from './change-kinds.ts';
import { LONGEST_SHARE } from './looks.ts';
import { type ChangeFit, latestPosition, lead, type Probe, test } from './scan.ts';
import type { FitArrays, WhitenedWindow, WindowFit } from './whitened-window.ts';

/** A change of the level, placed in a series. */
export interface Transition {
  /** First measurement off the old level. */
  readonly start: number;
  /** Measurements until the new level is reached, 1 for a step. */
  readonly width: number;
  /** Signed, in the values' unit. */
  readonly size: number;
  /** Whether its course includes tails that stand out of the noise, so that it is not straight. */
  readonly tailed: boolean;
}

/** The transition that explains most of a window around a place. */
export interface BestTransition extends Omit<Transition, 'tailed'>, ChangeFit {
  readonly fit: WindowFit;
  /** First measurement of the window. */
  readonly origin: number;
  /** Sum of squares that a transition too long for the window explains. */
  readonly gainedByLonger: number;
}

/** Widths that are tried where a transition has been found. */
const WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 19, 22, 26, 30, 35, 40, 46, 52, 60, 70, 80, 90];
/** How far the middle of the best transition may lie from the place that was scanned. */
const REACH = 10;
/** A step that explains less by at most so many variances of the noise is as good a word for it. */
const SIMPLER = 4;
/** Longer ones are tried up to so many times the longest that may be found. */
const LONGER = 2;

/**
 * Looks for it among all widths and all places nearby.
 *
 * @param widest the most measurements that it may take; by default what the window can show.
 * @param into arrays for the window's fit; by default new ones.
 */
export function bestTransition(
  values: Float64Array,
  t: number,
  probe: Probe,
  { widest = LONGEST_SHARE * probe.window.length, into }: { widest?: number; into?: FitArrays } = {},
): BestTransition {
  const { window, margin } = probe;
  const origin = window.start(t, values.length);
  const fit = window.fit(values, origin, into);
  const longest = Math.min(widest, LONGEST_SHARE * window.length);
  const best = { start: t - origin, width: 1, gained: 0 };
  const step = { ...best };
  let gainedByLonger = 0;
  for (const width of WIDTHS) {
    if (width > LONGER * LONGEST_SHARE * window.length) break;
    const tooLong = width > LONGEST_SHARE * window.length;
    // It would neither be found nor stand in the way of what is.
    if (!tooLong && width > longest) continue;
    const middle = t - origin - lead(transition(width));
    const least = tooLong ? gainedByLonger : width === 1 ? step.gained : best.gained;
    search(fit.stepSums, window, margin, width, middle - REACH, middle + REACH, least);
    if (tooLong) gainedByLonger = found.gained;
    else replaceBy(best, width);
    if (width === 1) replaceBy(step, width);
  }
  // Between the widths that were tried.
  for (let before = 0; best.gained > before; ) {
    before = best.gained;
    const { start, width } = best;
    for (let other = Math.max(1, width - 1); other <= Math.min(longest, width + 1); other++) {
      search(
        fit.stepSums,
        window,
        margin,
        other,
        start - 1,
        start + 1,
        other === 1 ? step.gained : best.gained,
      );
      replaceBy(best, other);
      if (other === 1) replaceBy(step, other);
    }
  }
  const tested = test(transition(best.width), best.start, fit, probe);
  const simpler = step.gained > best.gained - SIMPLER * tested.noise * tested.noise;
  const { start, width } = simpler ? step : best;
  const { statistic, size, gained, noise } = simpler ? test(transition(1), start, fit, probe) : tested;
  return { statistic, size, gained, noise, start: origin + start, width, fit, origin, gainedByLonger };
}

/** What is less by more than rounding. */
const LESS = 1 - 1e-12;
/** What `search` found last: the sum of squares that is explained by the transition that begins at a position, −1 for none. */
const found = { gained: 0, start: -1 };

/** The first of the transitions of one width, beginning from … to, that explain the most, and more than `least`. */
function search(
  stepSums: Float64Array,
  window: WhitenedWindow,
  margin: number,
  width: number,
  from: number,
  to: number,
  least: number,
): void {
  const kind = transition(width);
  const squares = window.squares(kind);
  const first = Math.max(margin, from);
  const end = Math.min(latestPosition(kind, window, margin), to) + 1;
  // Most gain less than what was found already, and are not worth a division.
  const share = LESS * width * width;
  let most = least;
  let start = -1;
  for (let p = first; p < end; p++) {
    const square = squares[p];
    const change = stepSums[p] - stepSums[p + width];
    if (change * change < share * most * square || !(square > 0)) continue;
    const product = change / width;
    const gained = (product * product) / square;
    if (gained > most) {
      most = gained;
      start = p;
    }
  }
  found.gained = most;
  found.start = start;
}

function replaceBy(best: { start: number; width: number; gained: number }, width: number): void {
  if (found.start < 0 || !(found.gained > best.gained)) return;
  best.start = found.start;
  best.width = width;
  best.gained = found.gained;
}

/** What is left of a transition that was taken out is at most this share of its size. */
const TAIL_SHARE = 0.15;
/** A tail reaches at most so many widths of its transition, and so many measurements more, beyond it. */
const TAIL_WIDTHS = 2;
const TAIL_MORE = 10;

/**
 * Whether it may be no more than what is left of one of those found before, whose course was not quite straight: it
 * overlaps, or is much smaller and near.
 */
export function isTail({ start, width, size }: Transition, found: readonly Transition[]): boolean {
  return found.some((other) => {
    const small = Math.abs(size) < TAIL_SHARE * Math.abs(other.size);
    const reach = small ? TAIL_WIDTHS * other.width + TAIL_MORE : 0;
    return start < other.start + other.width + reach && start + width > other.start - reach;
  });
}

/** The values with the changes taken out: the level made the same, the course between a straight line. */
export function withoutTransitions(
  values: Float64Array,
  transitions: readonly Omit<Transition, 'tailed'>[],
): Float64Array {
  if (transitions.length === 0) return values;
  const n = values.length;
  const jumps = new Float64Array(n);
  for (const { start, width, size } of transitions) {
    for (let s = start; s < Math.min(n, start + width); s++) jumps[s] += size / width;
  }
  const flat = new Float64Array(n);
  let level = 0;
  for (let s = 0; s < n; s++) {
    level += jumps[s];
    flat[s] = values[s] - level;
  }
  for (const { start, width } of transitions) bridge(flat, start, start + width - 1);
  return flat;
}

/** First and last measurement that taking out a transition moves, but for a level common to all that follow. */
export function reachOf({ start, width }: Pick<Transition, 'start' | 'width'>): [number, number] {
  return [start - 1, start + width];
}

/** Values on either side that a bridge rests on. */
const ABUTMENT = 3;

/** Puts the values from … to−1 on a straight line between what lies before and after. */
function bridge(values: Float64Array, from: number, to: number): void {
  if (to <= from) return;
  const before = Math.max(0, from - ABUTMENT);
  const after = Math.min(values.length, to + ABUTMENT);
  const left = mean(values, before, from);
  const right = mean(values, to, after);
  const leftAt = (before + from - 1) / 2;
  const rightAt = (to + after - 1) / 2;
  for (let s = from; s < to; s++) values[s] = left + ((s - leftAt) / (rightAt - leftAt)) * (right - left);
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let s = from; s < to; s++) sum += values[s];
  return sum / (to - from);
}
