import { dot } from '../../../numerics/orthonormal-polynomials.ts';
import { kink } from './change-kinds.ts';
import { gainOfCoursesInSteps } from './courses-in-steps.ts';
import { MARGIN } from './looks.ts';
import type { Probe } from './scan.ts';
import type { BestTransition } from './transitions.ts';
import type { Regressor, WhitenedWindow, WindowFit } from './whitened-window.ts';

/** A longer transition than a window can show is one where it explains so many variances more. */
const CLEARLY_LONGER = 4;

/**
 * Whether something that is no change of level fits a window better than the transition found in it: a smooth trend of
 * degree 7 (four more terms than the cubic) or one that is smooth over training steps, a change of slope, or what dies out. Or whether a longer transition does, of
 * which the window does not hold enough to tell it from a trend.
 */
export function explainedOtherwise(best: BestTransition, probe: Probe): boolean {
  const { fit, gained, start, width, origin, gainedByLonger, noise } = best;
  const { window } = probe;
  if (gainedByLonger > gained + CLEARLY_LONGER * noise ** 2) return true;
  if (gainOfBends(window, fit) > gained) return true;
  if (smoothInSteps(window, fit, origin, probe) > gained) return true;
  const squares = window.squares(kink);
  for (let p = MARGIN; p < window.length - MARGIN; p++)
    if (kink.along(fit.stepSums, p) ** 2 > gained * squares[p]) return true;
  for (const passing of transients(window, start - origin, width))
    if (gainOf(window, fit, passing) > gained) return true;
  return false;
}

/** Sum of squares that courses smooth over training steps take, where those differ from the order; else 0. */
export function smoothInSteps(
  window: WhitenedWindow,
  fit: WindowFit,
  origin: number,
  { positions }: Probe,
): number {
  if (positions === undefined) return 0;
  return gainOfCoursesInSteps(window, fit, positions.subarray(origin, origin + window.length));
}

/** Sum of squares that the polynomials of degree 4 … 7 take from a window's residual. */
export function gainOfBends({ bends }: WhitenedWindow, { residual }: WindowFit, terms = bends.length): number {
  return bends.slice(0, terms).reduce((sum, q) => sum + dot(residual, q) ** 2, 0);
}

/** Sum of squares that a regressor takes from a window's residual. */
export function gainOf(window: WhitenedWindow, { residual }: WindowFit, at: Regressor): number {
  const { unit } = window.shape(at);
  return dot(residual, unit) ** 2;
}

/** How far from a change what dies out may begin, and how many measurements a box that ends with it may hold. */
const NEAR = 8;
/** Lives of what decays, in measurements. */
const LIVES = [0.3, 1.5, 3, 5, 8];
/** A decay counts as one where so many lives of it are seen. */
const LIVES_SEEN = 2;
/** Values before a box that show what it comes back to. */
const BEFORE_BOX = 3;

/**
 * What dies out and may pass for a transition: exponential decays that begin around it, and boxes of up to eight values
 * that end with it. Of neither more is claimed than the window shows: that it came back.
 */
export function* transients(window: WhitenedWindow, position: number, width: number): Iterable<Regressor> {
  const last = Math.min(position + width, window.length - 1);
  for (let onset = Math.max(0, position - NEAR); onset <= last; onset++) {
    for (const life of LIVES)
      if (window.length - onset >= LIVES_SEEN * life)
        yield (s) => (s >= onset ? Math.exp((onset - s) / life) : 0);
    if (onset >= BEFORE_BOX && onset < position) yield (s) => (s >= onset && s < position ? 1 : 0);
  }
}
