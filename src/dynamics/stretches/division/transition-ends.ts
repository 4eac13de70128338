import { type JitteryCurve, jitterAt, meanFactor } from '../noise/jitter.ts';
import type { Window } from '../windows/minimal-windows.ts';
import { type Crossing, crossingOf, type MonotonePart } from './crossing.ts';

/** The level beside a transition, with its standard error. */
export interface SideLevel {
  readonly value: number;
  readonly error: number;
}

/** Where a transition starts and ends, in indices of measurements. */
export interface TransitionEnds {
  /** Last measurement before it, and first after. */
  readonly first: number;
  readonly last: number;
  readonly middle: number;
  /** Where it is half-way. */
  readonly half: Crossing;
  readonly start: Window;
  readonly end: Window;
  /** Whether it takes at most five measurements from 10 to 90 %. */
  readonly jump: boolean;
}

/** Most measurements from 10 to 90 % of a jump. */
const JUMP = 5;

/**
 * A start is where a ramp would start, or a logistic curve be at 5 %: between the two, for nobody knows the shape. The
 * curve is read off at 5 and 95 %, or further inside where the noise hides these (up to 20 and 80 %), and continued from
 * there. The interval holds what the noise allows for the crossing, and the continuations of a ramp, a logistic curve
 * and an exponential approach, whichever lie furthest.
 *
 * @param part the transition and the levels beside it, which differ by more than 0 in its direction.
 */
export function transitionEnds(
  noise: JitteryCurve,
  part: MonotonePart,
  { before, after }: { readonly before: SideLevel; readonly after: SideLevel },
): TransitionEnds {
  const { first, last } = part;
  const amplitude = after.value - before.value;
  const crossingAt = (share: number): Crossing =>
    crossingOf(
      part,
      noise,
      before.value + share * amplitude,
      Math.hypot((1 - share) * before.error, share * after.error),
    );
  const half = crossingAt(0.5);
  const share = readableShare(noise, Math.round(half.place), Math.abs(amplitude));
  const [low, high] = [crossingAt(share), crossingAt(1 - share)];
  const length = Math.max(0, high.place - low.place);
  const { estimate, least, most } = continuations(share);
  const inside = (place: number): number => Math.max(first, Math.min(last, place));
  const middle = inside(Math.round(half.place));
  const end = Math.max(middle, first + 1, inside(Math.round(high.place + estimate * length)));
  const start = Math.min(middle, end - 1, inside(Math.round(low.place - estimate * length)));
  return {
    ...{ first: start, last: end, middle, half },
    start: {
      first: Math.min(start, inside(Math.floor(low.early - most * length))),
      last: Math.max(start, inside(Math.ceil(low.late - least * length))),
    },
    end: {
      first: Math.min(end, inside(Math.floor(high.early + least * length))),
      last: Math.max(end, inside(Math.ceil(high.late + most * length))),
    },
    jump: tenToNinety(part, before.value, amplitude) <= JUMP,
  };
}

/** The share of a transition, 5 to 20 %, that stands out of the jitter of some values. */
function readableShare(noise: JitteryCurve, place: number, amplitude: number): number {
  const jitter = jitterAt(noise, place) * 2 * meanFactor(noise, place, 4);
  return Math.max(0.05, Math.min(0.2, (1.5 * jitter) / amplitude));
}

/** How much further than `share` a transition goes on, over what lies between `share` and 1 − `share`. */
function continuations(share: number): { estimate: number; least: number; most: number } {
  const odds = Math.log((1 - share) / share);
  const ramp = share / (1 - 2 * share);
  const logistic = (Math.log(19) - odds) / (2 * odds);
  const sharp = -Math.log(1 - share) / odds;
  const slow = (Math.log(20) + Math.log(share)) / odds;
  return {
    estimate: (ramp + logistic) / 2,
    least: Math.min(sharp, logistic),
    most: Math.max(slow, ramp),
  };
}

/** Measurements from the last below 10 % to the first above 90 %. */
function tenToNinety({ sign, fitted }: MonotonePart, before: number, amplitude: number): number {
  const below = fitted.findLastIndex((value) => (sign * value - before) / amplitude < 0.1);
  const above = fitted.findIndex((value) => (sign * value - before) / amplitude > 0.9);
  return (above < 0 ? fitted.length - 1 : above) - Math.max(0, below);
}
