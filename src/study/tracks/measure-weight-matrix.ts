import type { SubjectRecord } from '../../measurements/track-record.ts';
import { spectrumOf } from '../../spectra/spectrum.ts';
import type { Matrix } from '../../spectra/types.ts';
import { weightMetrics } from '../../spectra/weight-metrics.ts';

/** The uncentered spectrum of a weight matrix, and what follows from it. */
export function measureWeightMatrix(matrix: Matrix): SubjectRecord {
  const spectrum = spectrumOf(matrix, { centering: 'none' });
  return { values: weightMetrics(spectrum), singularValues: spectrum.singularValues };
}
