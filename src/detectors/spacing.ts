import { median } from '../numerics/quantile.ts';

/**
 * The rules of how measurements are spaced over training, in one place. What counts is their order: every detector takes
 * uneven steps, as people who measure densely early and sparsely late write them. Where a method fits a course over
 * training it does so in training steps.
 */

/** Gaps may differ by this share and still count as even. */
const TOLERANCE = 0.1;

/** Median distance between measurements in training steps; 0 for fewer than two. */
export function typicalGap(steps: Float64Array): number {
  if (steps.length < 2) return 0;
  const gaps = new Float64Array(steps.length - 1);
  for (let i = 0; i < gaps.length; i++) gaps[i] = steps[i + 1] - steps[i];
  return median(gaps);
}

/** Why these steps are no axis of time; null where they are finite and strictly increasing. */
export function disorder(steps: Float64Array): string | null {
  for (let i = 0; i < steps.length; i++) {
    if (!Number.isFinite(steps[i])) return `step ${i} is ${steps[i]}; every step must be finite`;
    if (i > 0 && !(steps[i] > steps[i - 1]))
      return `step ${steps[i]} follows step ${steps[i - 1]}; steps must increase`;
  }
  return null;
}

/**
 * Whether a course over training looks the same over the measurements' order: gaps even within 10 %. The first and the
 * last may be shorter, for logs often begin at step 1 and end with the run.
 *
 * @param steps strictly increasing.
 */
export function evenlySpaced(steps: Float64Array): boolean {
  const typical = typicalGap(steps);
  for (let i = 1; i < steps.length; i++) {
    const gap = steps[i] - steps[i - 1];
    const mayBeShort = i === 1 || i === steps.length - 1;
    if (gap > (1 + TOLERANCE) * typical || (!mayBeShort && gap < (1 - TOLERANCE) * typical)) return false;
  }
  return true;
}

/**
 * Where the measurements lie on the axis of training, in typical gaps from the first; undefined where they are evenly
 * spaced and may as well be counted.
 */
export function unevenPositions(steps: Float64Array): Float64Array | undefined {
  if (evenlySpaced(steps)) return undefined;
  const unit = typicalGap(steps);
  return steps.map((step) => (step - steps[0]) / unit);
}
