import { mean } from '../../numerics/moments.ts';
import { spreadOver } from './noise-model.ts';
import type { QuietNoise } from './quiet-noise.ts';
import type { Probe } from './scan.ts';
import type { BestTransition, Transition } from './transitions.ts';

/** A value further than so many standard errors from where what follows would have it still belongs to the transition. */
const STILL_MOVING = 3.5;
/** At most so many times its own width, and two values, are added on either side. */
const LONGEST_TAIL = 2;
/** A transition that with its tails takes more of its window may be a trend, for all the window shows. */
const LONGEST_SHARE = 1 / 4;
/** Share of what is seen that a tail goes on for, unseen. */
const UNSEEN_TAIL = 0.25;
/** A prediction rests on half as many values as the transition takes, and at least on these; near an end on fewer. */
const FEWEST_ON_A_LINE = 8;
const FEWEST_PREDICTORS = 2;
const FEWEST_BESIDE = 5;
const MOST_BESIDE = 20;

/**
 * The transition with its tails: a true one seldom is straight, and where it is large its rounded ends stand out of the
 * noise. It grows as long as the value next to it does not lie on the line of the values that follow.
 *
 * @returns null where it takes too much of the window, and there is a wider one to look through.
 */
export function wholeExtent(
  values: Float64Array,
  best: BestTransition,
  { window, widest }: Probe,
  quiet: QuietNoise,
): Transition | null {
  const noise = quiet(best.start) * spreadOver(window.noise);
  const { start, width, size } = best;
  const tail = LONGEST_TAIL * width + 2;
  const predictors = Math.max(FEWEST_ON_A_LINE, width >> 1);
  let first = start;
  let last = start + width - 1;
  const earliest = first - tail;
  const latest = last + tail;
  while (widest || last - first + 1 <= LONGEST_SHARE * window.length) {
    const before = first > earliest && stillMoving(values, first - 1, -1, predictors, noise);
    const after = last < latest && stillMoving(values, last + 1, 1, predictors, noise);
    if (before) first--;
    if (after) last++;
    if (!before && !after) {
      if (last - first + 1 === width) return { start, width, size, tailed: false };
      // Where a tail sinks into the noise it is not yet over.
      const unseen = Math.ceil(UNSEEN_TAIL * (last - first + 1));
      const whole = {
        start: Math.max(1, first - unseen),
        width: Math.min(values.length - 2, last + unseen) - Math.max(1, first - unseen) + 1,
        tailed: true,
      };
      return { ...whole, size: sizeBeside(values, whole) };
    }
  }
  return null;
}

/**
 * Whether the value at `s` is off the line of those beyond it, in the given direction; or off that of those further beyond,
 * for a tail that dies out slowly bends little from one value to the next.
 */
function stillMoving(
  values: Float64Array,
  s: number,
  direction: 1 | -1,
  predictors: number,
  noise: number,
): boolean {
  const last = direction === 1 ? values.length - 1 : 0;
  return [1, 1 + (predictors >> 1)].some((distance) => {
    const count = Math.min(predictors, Math.abs(last - s) - distance + 1);
    if (count < FEWEST_PREDICTORS) return false;
    const line = lineBeside(values, s + distance * direction, direction, count);
    const error = noise * Math.sqrt(1 + line.variance(distance));
    return Math.abs(values[s] - line.at(distance)) > STILL_MOVING * error;
  });
}

/**
 * How far apart the levels before and after a tailed transition are: of as many values as it takes itself, from 5 to 20.
 * Lines would take the last of the tails for a trend.
 */
export function sizeBeside(
  values: Float64Array,
  { start, width }: Pick<Transition, 'start' | 'width'>,
): number {
  const count = Math.min(MOST_BESIDE, Math.max(FEWEST_BESIDE, width));
  const last = start + width - 1;
  return mean(values.subarray(last, last + count)) - mean(values.subarray(Math.max(0, start - count), start));
}

interface Line {
  /** Its value at a distance before the first of its values. */
  at(distance: number): number;
  /** The variance of that in units of the noise's. */
  variance(distance: number): number;
}

/** The line of `count` values from `first` on in a direction; a level where they are too few for a slope. */
function lineBeside(values: Float64Array, first: number, direction: 1 | -1, count: number): Line {
  const center = (count - 1) / 2;
  let level = 0;
  for (let k = 0; k < count; k++) level += values[first + direction * k] / count;
  const spread = count < FEWEST_ON_A_LINE / 2 ? Number.POSITIVE_INFINITY : (count * (count * count - 1)) / 12;
  let moment = 0;
  for (let k = 0; k < count; k++) moment += (k - center) * (values[first + direction * k] - level);
  return {
    at: (distance) => level - ((distance + center) * moment) / spread,
    variance: (distance) => 1 / count + (distance + center) ** 2 / spread,
  };
}
