import {
  explainedByPolynomial,
  type Regressor,
  type WhitenedWindow,
  type WindowFit,
} from './whitened-window.ts';

/** Whether a smooth trend of degree 7 (four more terms than the cubic) fits better than cubic and change (one more). */
export function smoothFitsBetter(window: WhitenedWindow, fit: WindowFit, gained: number): boolean {
  return explainedByPolynomial(window, fit, 7) > gained;
}

/**
 * Whether one of the rivals fits better than the change. (A Hausman test of the size in half the window was tried as
 * one more guard; beside these two it changed nothing in any null family.)
 */
export function rivalFitsBetter(
  window: WhitenedWindow,
  fit: WindowFit,
  gained: number,
  rivals: Iterable<Regressor>,
): boolean {
  for (const rival of rivals) if (window.explainedBy(fit, rival) > gained) return true;
  return false;
}

/**
 * What dies out and may pass for a change at `position`: exponential decays that start around it, and boxes of up to
 * eight points that end at it.
 */
export function* transients(window: WhitenedWindow, position: number): Iterable<Regressor> {
  for (let onset = Math.max(0, position - 8); onset <= Math.min(position + 1, window.length - 1); onset++) {
    for (const life of [0.3, 1.5, 3, 5, 8]) yield (s) => (s >= onset ? Math.exp((onset - s) / life) : 0);
    if (onset < position) yield (s) => (s >= onset && s < position ? 1 : 0);
  }
}

/** Steps up to `reach` points from `position`, and at least five from the window's ends. */
export function* stepsAround(window: WhitenedWindow, position: number, reach: number): Iterable<Regressor> {
  const last = Math.min(window.length - 5, position + reach);
  for (let p = Math.max(5, position - reach); p <= last; p++) yield (s) => (s >= p ? 1 : 0);
}
