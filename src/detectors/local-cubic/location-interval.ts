import { KINK_TOLERANCE, STEP_TOLERANCE } from '../place-tolerance.ts';
import { alongAt, kink, transition } from './change-kinds.ts';
import { LONGEST_SHARE } from './looks.ts';
import { latestPosition, type Probe, test } from './scan.ts';
import type { Transition } from './transitions.ts';

/**
 * First and last measurement of the change, each at its outermost: the likelihood ratio against the best transition is
 * within `STEP_TOLERANCE` for all that lie between.
 *
 * @param values with every other change taken out.
 * @param quiet standard deviation of the innovations there.
 */
export function transitionInterval(
  values: Float64Array,
  { start: at, width, tailed }: Transition,
  probe: Probe,
  quiet: number,
): readonly [number, number] {
  const allowance = width > 2 && !tailed ? Math.ceil(SHAPE_ALLOWANCE * width) : 0;
  const within = (first: number, last: number): readonly [number, number] => [
    Math.max(1, first - allowance),
    Math.min(values.length - 1, last + allowance),
  ];
  if (tailed) return within(at, at + width - 1);
  const { window, margin } = probe;
  const origin = window.start(at + (width >> 1), values.length);
  const fit = window.fit(values, origin);
  const best = test(transition(width), at - origin, fit, probe);
  // Where the true course is not straight, the misfit counts as noise: it moves the best place as noise does.
  const noise = Math.max(best.noise, quiet) ** 2;
  const leastOf = (other: number): number =>
    best.gained - (other === 1 ? STEP_TOLERANCE : KINK_TOLERANCE) * noise;
  let first = at;
  let last = at + width - 1;
  for (let other = 1; other <= LONGEST_SHARE * window.length; other++) {
    const kind = transition(other);
    const squares = window.squares(kind);
    const least = leastOf(other);
    const to = latestPosition(kind, window, margin);
    for (let p = 1; p <= to + margin - 1; p++) {
      if (!(squares[p] > 0) || alongAt(kind, fit.stepSums, p) ** 2 < least * squares[p]) continue;
      first = Math.min(first, origin + p);
      last = Math.max(last, origin + p + other - 1);
    }
  }
  return within(first, last);
}

/** Share of a transition's course that is added at either end: nobody knows its shape, and rounded ends look flat. */
const SHAPE_ALLOWANCE = 0.25;

/** The same of a kink: the places where it may be. */
export function kinkInterval(
  values: Float64Array,
  at: number,
  probe: Probe,
  noise: number,
): readonly [number, number] {
  const { window } = probe;
  const origin = window.start(at, values.length);
  const fit = window.fit(values, origin);
  const explained = (p: number): number => test(kink, p, fit, probe).gained;
  const least = explained(at - origin) - KINK_TOLERANCE * noise ** 2;
  let first = at;
  let last = at;
  for (let p = 1; p < window.length - 1; p++) {
    if (explained(p) < least) continue;
    first = Math.min(first, origin + p);
    last = Math.max(last, origin + p);
  }
  return [first, last];
}
