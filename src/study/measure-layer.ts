import type { RunHeader, SpectrumVariant } from '../measurements/run-header.ts';
import type { LayerRecord } from '../measurements/step-record.ts';
import { seriesId } from '../measurements/types.ts';
import { type MetricName, metricNames, metrics } from '../spectra/metrics.ts';
import { spectraOf, spectrumOf } from '../spectra/spectrum.ts';
import type { Determined, Matrix } from '../spectra/types.ts';

/** Defined on centered rows only, so it has no raw variant. */
const centeredOnly: readonly MetricName[] = ['participation_ratio_corrected'];

/** Every metric of the chosen spectra: of column-centered activations, of raw ones, or of both. */
export function measuredSeries(variants: readonly SpectrumVariant[]): RunHeader['series'] {
  const origin = 'measured' as const;
  return metricNames.flatMap((metric) => [
    ...(variants.includes('centered')
      ? [{ id: seriesId(metric, 'centered'), metric, centering: 'columns' as const, origin }]
      : []),
    ...(variants.includes('raw') && !centeredOnly.includes(metric)
      ? [{ id: seriesId(metric, 'raw'), metric, centering: 'none' as const, origin }]
      : []),
  ]);
}

/**
 * The chosen spectra of a layer's activations `[samples, features]`, and the value of every series of them.
 *
 * @param series those of the variants; to be made once where many layers are measured.
 */
export function measureLayer(
  { data, shape }: { readonly data: Matrix['data']; readonly shape: readonly number[] },
  variants: readonly SpectrumVariant[],
  series: RunHeader['series'] = measuredSeries(variants),
): LayerRecord {
  const [rows, columns] = shape;
  const matrix = { data, rows, columns };
  const { centered, raw } =
    variants.length === 2
      ? spectraOf(matrix)
      : {
          centered: variants.includes('centered') ? spectrumOf(matrix) : null,
          raw: variants.includes('raw') ? spectrumOf(matrix, { centering: 'none' }) : null,
        };
  const values: Record<string, Determined> = {};
  for (const { id, metric, centering } of series) {
    values[id] = metrics[metric as MetricName]((centering === 'none' ? raw : centered)!);
  }
  return { centered, raw, metrics: values };
}
