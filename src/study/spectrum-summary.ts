import type { Estimate } from '../landscape/mean-with-error.ts';
import { type DeterminedDensity, spectralEnds, spectralMean } from '../landscape/spectral-density.ts';

/** Eigenvalues smaller in size than this share of the largest count as flat: among them a sign is not resolved. */
const flatShare = 0.01;

/** What is said of a Hessian's whole spectrum, each over the probes. */
export interface SpectrumSummary {
  /** Σ λ. */
  readonly trace: Estimate;
  /** Σ λ², the squared Frobenius norm. */
  readonly trace_of_square: Estimate;
  /** The ends as far as the probes saw them: the spectrum reaches at least so far. */
  readonly largest_eigenvalue: number;
  readonly smallest_eigenvalue: number;
  /** Share of the eigenvalues within 1 % of the largest in size. */
  readonly flat_share: Estimate;
  /** Share of those negative beyond that. */
  readonly negative_share: Estimate;
}

export function spectrumSummary(density: DeterminedDensity): SpectrumSummary {
  const { largest, smallest } = spectralEnds(density);
  const flat = flatShare * Math.max(Math.abs(largest), Math.abs(smallest));
  const sumOf = (f: (eigenvalue: number) => number): Estimate => {
    const { value, standardError } = spectralMean(density, f);
    const { length } = density;
    return { value: length * value, standardError: standardError === null ? null : length * standardError };
  };
  return {
    trace: sumOf((x) => x),
    trace_of_square: sumOf((x) => x * x),
    largest_eigenvalue: largest,
    smallest_eigenvalue: smallest,
    flat_share: spectralMean(density, (x) => Number(Math.abs(x) <= flat)),
    negative_share: spectralMean(density, (x) => Number(x < -flat)),
  };
}
