import type { Probe } from './scan.ts';
import { explained } from './whitened-window.ts';

/**
 * The indices at which the change may lie, from the likelihood ratio against its best place: all those whose fit is
 * worse by at most `tolerance` noise variances, and what lies between them.
 *
 * @param values with every other change taken out.
 * @param noise standard deviation of the innovations.
 */
export function locationInterval(
  values: Float64Array,
  t: number,
  probe: Probe,
  noise: number,
  tolerance: number,
): readonly [number, number] {
  const { window } = probe;
  const start = window.start(t, values.length);
  const fit = window.fit(values, start);
  const least = explained(fit, probe.shape(t - start)) - tolerance * noise * noise;
  let first = t;
  let last = t;
  for (let position = 1; position < window.length - 1; position++) {
    if (explained(fit, probe.shape(position)) < least) continue;
    first = Math.min(first, start + position);
    last = Math.max(last, start + position);
  }
  return [first, last];
}

/**
 * Tolerance for a step, 95 %: under a step of moderate size the log-likelihood falls on either side like a Brownian
 * motion with drift whose maximum is exponential, so P(drop > x) = 1 − (1 − e^−x)² (Siegmund 1988); twice that x.
 */
export const STEP_TOLERANCE = -2 * Math.log(1 - Math.sqrt(0.95));

/** Tolerance for a kink, 95 %: its place is an ordinary parameter, so the χ² law with one degree holds. */
export const KINK_TOLERANCE = 3.841;
