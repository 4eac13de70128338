import type { SubjectRecord } from '../../measurements/track-record.ts';
import { determined } from '../../spectra/determined.ts';
import { metrics } from '../../spectra/metrics.ts';
import { spectrumOf } from '../../spectra/spectrum.ts';
import { tailExponent } from '../../spectra/tail-exponent.ts';
import type { Determined, Matrix, Spectrum } from '../../spectra/types.ts';

/** Metrics of a weight matrix that activations have too. */
const dimensionalities = [
  'stable_rank',
  'participation_ratio',
  'effective_rank',
  'rank_90',
  'nuclear_norm_ratio',
] as const;

/** The series of a weight matrix that follow from its spectrum. */
export const weightMetrics = [
  ...dimensionalities,
  'spectral_norm',
  'frobenius_norm',
  'tail_exponent',
  'tail_exponent_error',
  'tail_from',
  'tail_size',
  'tail_distance',
] as const;

/** The uncentered spectrum of a weight matrix, and what follows from it; `tail_…` is the fit of `tailExponent`. */
export function measureWeightMatrix(matrix: Matrix): SubjectRecord {
  const spectrum = spectrumOf(matrix, { centering: 'none' });
  const { singularValues } = spectrum;
  const shared = Object.fromEntries(dimensionalities.map((name) => [name, metrics[name](spectrum)]));
  return {
    values: {
      ...shared,
      spectral_norm: determined(singularValues[0]),
      frobenius_norm: determined(Math.hypot(...singularValues)),
      ...tailSeries(spectrum),
    },
    singularValues,
  };
}

function tailSeries(spectrum: Spectrum): Record<string, Determined> {
  const fit = tailExponent(spectrum);
  const of = (value: (found: Extract<typeof fit, { determined: true }>) => number): Determined =>
    fit.determined ? determined(value(fit)) : fit;
  return {
    tail_exponent: of(({ exponent }) => exponent),
    tail_exponent_error: of(({ standardError }) => standardError),
    tail_from: of(({ from }) => from),
    tail_size: of(({ tail }) => tail),
    tail_distance: of(({ distance }) => distance),
  };
}
