import { determined, undetermined } from '../determined.ts';
import type { Determined, Spectrum } from '../types.ts';

/**
 * Applies a formula to the singular values divided by the largest: σᵢ/σ₁, descending from 1.
 *
 * Every dimensionality metric is the same for a matrix and any multiple of it; dividing first keeps squares and fourth
 * powers within range for any input. Where no value is positive the metric is undefined, and the reason is said.
 */
export function fromRelativeValues(
  spectrum: Spectrum,
  formula: (relative: Float64Array) => number,
): Determined {
  const reason = whyUndefined(spectrum);
  if (reason !== null) return undetermined(reason);
  // Plain loops: a run asks for a dozen metrics of every layer, and callbacks per element took longer than the metrics.
  const relative = spectrum.singularValues.slice();
  const largest = relative[0];
  for (let i = 0; i < relative.length; i++) relative[i] /= largest;
  return determined(formula(relative));
}

/** Why no metric is defined on this spectrum, or null if they are. */
export function whyUndefined(spectrum: Spectrum): string | null {
  const { singularValues, samples, features, centering } = spectrum;
  if (spectrum.undetermined !== undefined) return spectrum.undetermined;
  if (singularValues.length === 0) return 'the spectrum is empty';
  for (const value of singularValues) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      return 'the spectrum holds singular values that are negative or not finite';
    }
  }
  if (singularValues[0] > 0) return null;
  if (centering === 'none') return 'every element of the matrix is zero';
  if (samples === 1) return `one sample does not vary about its own mean (P = 1, Q = ${features})`;
  return `every feature is constant over the samples (P = ${samples}, Q = ${features})`;
}
