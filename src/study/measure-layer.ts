import type { RunHeader } from '../measurements/run-header.ts';
import type { LayerRecord } from '../measurements/step-record.ts';
import { seriesId } from '../measurements/types.ts';
import { type MetricName, metricNames, metrics } from '../spectra/metrics.ts';
import { spectraOf } from '../spectra/spectrum.ts';
import type { Determined } from '../spectra/types.ts';
import type { Activation } from '../training/train.ts';

/** Defined on centred rows only, so it has no raw variant. */
const centredOnly: readonly MetricName[] = ['participation_ratio_corrected'];

/** Every metric, of column-centred and of raw activations. */
export const measuredSeries: RunHeader['series'] = metricNames.flatMap((metric) => [
  { id: seriesId(metric, 'centred'), metric, centring: 'columns' as const, origin: 'measured' as const },
  ...(centredOnly.includes(metric)
    ? []
    : [{ id: seriesId(metric, 'raw'), metric, centring: 'none' as const, origin: 'measured' as const }]),
]);

/** The spectra of a layer's activations `[samples, features]`, and every series' value. */
export function measureLayer({ data, shape }: Activation): LayerRecord {
  const [rows, columns] = shape;
  const { centred, raw } = spectraOf({ data, rows, columns });
  const values: Record<string, Determined> = {};
  for (const { id, metric, centring } of measuredSeries) {
    values[id] = metrics[metric as MetricName](centring === 'none' ? raw : centred);
  }
  return { centred, raw, metrics: values };
}
