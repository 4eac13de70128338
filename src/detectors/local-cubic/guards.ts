import { dot } from '../../numerics/orthonormal-polynomials.ts';
import { alongAt, kink } from './change-kinds.ts';
import { gainOfCoursesInSteps } from './courses-in-steps.ts';
import { MARGIN } from './looks.ts';
import { passingFitsBetter } from './passing.ts';
import type { Probe } from './scan.ts';
import type { BestTransition } from './transitions.ts';
import type { WhitenedWindow, WindowFit } from './whitened-window.ts';

/** A longer transition than a window can show is one where it explains so many variances more. */
const CLEARLY_LONGER = 4;

/**
 * Whether something that is no change of level fits a window better than the transition found in it: a smooth trend of
 * degree 7 (four more terms than the cubic) or one that is smooth over training steps, a change of slope, or what dies out. Or whether a longer transition does, of
 * which the window does not hold enough to tell it from a trend.
 */
export function explainedOtherwise(best: BestTransition, probe: Probe): boolean {
  const { fit, gained, start, width, origin, gainedByLonger, noise } = best;
  const { window, widest } = probe;
  if (!widest && gainedByLonger > gained + CLEARLY_LONGER * noise ** 2) return true;
  if (gainOfBends(window, fit) > gained) return true;
  if (smoothInSteps(window, fit, origin, probe) > gained) return true;
  const squares = window.squares(kink);
  for (let p = MARGIN; p < window.length - MARGIN; p++)
    if (alongAt(kink, fit.stepSums, p) ** 2 > gained * squares[p]) return true;
  return passingFitsBetter(window, fit, start - origin, width, gained);
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
export function gainOfBends(
  { bends }: WhitenedWindow,
  { residual }: WindowFit,
  terms = bends.length,
): number {
  return bends.slice(0, terms).reduce((sum, q) => sum + dot(residual, q) ** 2, 0);
}
