import type { Random } from './random.ts';

/**
 * Autoregressive coefficients from autocorrelations: the Yule-Walker equations, solved by the Levinson-Durbin
 * recursion (Brockwell & Davis, Time Series: Theory and Methods, 2nd ed., prop. 5.2.1).
 *
 * @param correlations at lags 0 … p, the first being 1.
 * @returns p coefficients φ₁ … φ_p, and the innovation variance as a share of the series' variance.
 * @example
 * yuleWalker(Float64Array.of(1, 0.5)); // { coefficients: [0.5], innovationShare: 0.75 }
 */
export function yuleWalker(correlations: Float64Array): {
  coefficients: Float64Array;
  innovationShare: number;
} {
  const order = correlations.length - 1;
  let coefficients = new Float64Array(0);
  let innovationShare = 1;
  for (let k = 1; k <= order && innovationShare > 0; k++) {
    let numerator = correlations[k];
    for (let j = 0; j < k - 1; j++) numerator -= coefficients[j] * correlations[k - 1 - j];
    const reflection = numerator / innovationShare;
    const next = new Float64Array(k);
    for (let j = 0; j < k - 1; j++) next[j] = coefficients[j] - reflection * coefficients[k - 2 - j];
    next[k - 1] = reflection;
    coefficients = next;
    innovationShare *= 1 - reflection * reflection;
  }
  return { coefficients, innovationShare };
}

/**
 * Autocorrelations of the autoregression that fits the given ones, continued to `maxLag`:
 * ρ_k = Σ φ_j ρ_{k−j} beyond the given lags.
 */
export function continueAutocorrelations(correlations: Float64Array, maxLag: number): Float64Array {
  const { coefficients } = yuleWalker(correlations);
  const continued = new Float64Array(maxLag + 1);
  for (let lag = 0; lag <= maxLag; lag++) {
    if (lag < correlations.length) continued[lag] = correlations[lag];
    else
      for (let j = 0; j < coefficients.length; j++)
        continued[lag] += coefficients[j] * continued[lag - 1 - j];
  }
  return continued;
}

/**
 * A stationary first-order autoregression with standard normal marginals: y_t = φ·y_{t−1} + √(1−φ²)·e_t.
 *
 * @param phi coefficient in (−1, 1).
 * @example
 * const wander = firstOrderAutoregression(399, 0.9, createRandom(1));
 */
export function firstOrderAutoregression(n: number, phi: number, rng: Random): Float64Array {
  if (!(Math.abs(phi) < 1)) throw new RangeError(`phi is ${phi}; allowed: above -1 and below 1`);
  const innovation = Math.sqrt(1 - phi * phi);
  const values = new Float64Array(n);
  for (let t = 0; t < n; t++)
    values[t] = t === 0 ? rng.normal() : phi * values[t - 1] + innovation * rng.normal();
  return values;
}
