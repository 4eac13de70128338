import { type ChangeFit, type Probe, testAt } from './scan.ts';
import {
  explained,
  explainedByPolynomial,
  type Shape,
  type WhitenedWindow,
  type WindowFit,
} from './whitened-window.ts';

/**
 * Whether the change looks the same from nearer by: a step does, a bend of the trend or a bump does not. Compares
 * the size fitted in the window with the one fitted in a narrower window, in units of how much those two should
 * differ (Hausman 1978).
 */
export function holdsCloser(values: Float64Array, t: number, wide: ChangeFit, narrowProbe: Probe): boolean {
  const narrow = testAt(values, t, narrowProbe);
  const direction = Math.sign(wide.size);
  if (direction * narrow.statistic < 1) return false;
  // The wide fit is the more efficient, so the variances subtract; a quarter is the least that is plausible.
  const variance = Math.max(
    narrow.error ** 2 - Math.min(wide.error, narrow.error) ** 2,
    narrow.error ** 2 / 4,
  );
  return (direction * (wide.size - narrow.size)) / Math.sqrt(variance) <= 2.5;
}

/** Whether a smooth trend of degree 7 (four more terms than the cubic) fits better than cubic and change (one more). */
export function smoothFitsBetter(window: WhitenedWindow, fit: WindowFit, gained: number): boolean {
  return explainedByPolynomial(window, fit, 7) > gained;
}

/** Whether one of the rivals fits better than the change. */
export function rivalFitsBetter(rivals: Iterable<Shape>, fit: WindowFit, gained: number): boolean {
  for (const rival of rivals) if (explained(fit, rival) > gained) return true;
  return false;
}
