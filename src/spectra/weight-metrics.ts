import { determined } from './determined.ts';
import { metrics } from './metrics.ts';
import { tailExponent } from './tail-exponent.ts';
import type { Determined, Spectrum } from './types.ts';

/** Metrics of a weight matrix that activations have too. */
const dimensionalities = [
  'stable_rank',
  'participation_ratio',
  'effective_rank',
  'rank_90',
  'nuclear_norm_ratio',
] as const;

/** The series of a weight matrix that follow from its spectrum. */
export const weightMetricNames = [
  ...dimensionalities,
  'spectral_norm',
  'frobenius_norm',
  'tail_exponent',
  'tail_exponent_error',
  'tail_from',
  'tail_size',
  'tail_distance',
] as const;

export type WeightMetricName = (typeof weightMetricNames)[number];

/**
 * What follows from the uncentered spectrum of a weight matrix; `tail_…` is the fit of `tailExponent`.
 *
 * @example
 * weightMetrics(spectrumOf({ data: weights, rows: 64, columns: 128 }, { centering: 'none' })).tail_exponent;
 */
export function weightMetrics(spectrum: Spectrum): Record<WeightMetricName, Determined> {
  const { singularValues } = spectrum;
  const shared = Object.fromEntries(
    dimensionalities.map((name) => [name, metrics[name](spectrum)]),
  ) as Record<(typeof dimensionalities)[number], Determined>;
  return {
    ...shared,
    spectral_norm: determined(singularValues[0]),
    frobenius_norm: determined(Math.hypot(...singularValues)),
    ...tailSeries(spectrum),
  };
}

function tailSeries(spectrum: Spectrum) {
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
