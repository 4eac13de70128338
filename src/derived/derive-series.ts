import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { spectrumAt } from '../measurements/spectrum-at.ts';
import { type Layer, type MetricSeries, type Run, seriesId } from '../measurements/types.ts';
import { metricNames, metrics } from '../spectra/metrics.ts';
import { spectralVelocity } from '../spectra/spectral-velocity.ts';
import type { Determined } from '../spectra/types.ts';
import { laggedPairs } from './lag.ts';

/** A quantity that is computed from logged spectra, without training again. */
export interface DerivedSeries {
  /** Its metric's name; with `.raw` behind it, of the uncentered spectra. */
  readonly metric: string;
  readonly variant: 'centered' | 'raw';
  /** The value at each measurement of a layer whose spectra are logged. */
  readonly of: (layer: Layer, steps: Float64Array) => Determined[];
}

/** Every derived series by id: each metric of each spectrum, and how fast the spectra move. */
export const derivedSeries: ReadonlyMap<string, DerivedSeries> = new Map(
  (['centered', 'raw'] as const).flatMap((variant) =>
    [
      ...metricNames
        .filter((name) => variant === 'centered' || name !== 'participation_ratio_corrected')
        .map((metric): DerivedSeries => ({ metric, variant, of: metricOf(metric, variant) })),
      { metric: 'spectral_velocity', variant, of: velocityOf(variant) },
    ].map((series) => [seriesId(series.metric, variant), series] as const),
  ),
);

/**
 * A series of every layer of a run, computed from the spectra in its log.
 *
 * @param id one of `derivedSeries`, e.g. `spectral_velocity`, `rank_90.raw`.
 * @returns by layer, in network order.
 * @throws InputError if there is no such series, or the log does not hold the spectra that it needs.
 * @example
 * const [first] = deriveSeries(readRun('my-study', 'mine'), 'spectral_velocity');
 * first.values; // log of the share by which the first layer's singular values moved between measurements
 */
export function deriveSeries(run: Run, id: string): MetricSeries[] {
  const derived = derivedSeries.get(id);
  if (derived === undefined) {
    throw new InputError({ field: 'series', value: id, allowed: oneOf(id, [...derivedSeries.keys()]) });
  }
  const { metric, variant, of } = derived;
  return run.layers.map((layer) => {
    if (layer.spectra?.[variant] == null) {
      const allowed = `a series of the log: ${run.id} holds no ${variant} spectra of ${layer.name}`;
      throw new InputError({ field: 'series', value: id, allowed });
    }
    const values = of(layer, run.steps);
    return {
      metric,
      centering: centeringOf(variant),
      origin: 'derived',
      values: Float64Array.from(values, (value) => (value.determined ? value.value : Number.NaN)),
      undetermined: values.flatMap((value, index) =>
        value.determined ? [] : [{ index, reason: value.reason }],
      ),
    };
  });
}

/** What was subtracted of the activations whose spectra these are. */
export function centeringOf(variant: DerivedSeries['variant']): 'none' | 'columns' {
  return variant === 'raw' ? 'none' : 'columns';
}

/** Whether a run's log holds what a derived series is computed from. */
export function canDerive(run: Run, id: string): boolean {
  const derived = derivedSeries.get(id);
  return derived !== undefined && run.layers.every(({ spectra }) => spectra?.[derived.variant] != null);
}

/**
 * The run with a further series in each layer; the run itself if its layers have the series already.
 *
 * @throws InputError as `deriveSeries` does.
 * @example
 * analyzeStudy(runs.map((run) => withSeries(run, 'spectral_velocity')), { seriesId: 'spectral_velocity' });
 */
export function withSeries(run: Run, id: string): Run {
  if (run.layers.every(({ series }) => series.has(id))) return run;
  const derived = deriveSeries(run, id);
  return {
    ...run,
    layers: run.layers.map((layer, index): Layer => {
      const series = new Map(layer.series).set(id, derived[index]);
      // A getter is copied as one, or every log's spectra would be read here.
      return Object.defineProperties(
        {},
        {
          ...Object.getOwnPropertyDescriptors(layer),
          series: { value: series, enumerable: true },
        },
      ) as Layer;
    }),
  };
}

function metricOf(name: (typeof metricNames)[number], variant: 'centered' | 'raw'): DerivedSeries['of'] {
  return (layer, steps) =>
    Array.from(steps, (_, index): Determined => {
      const spectrum = spectrumAt(layer, variant, index);
      return spectrum === null
        ? { determined: false, reason: 'no spectrum was logged' }
        : metrics[name](spectrum);
    });
}

function velocityOf(variant: 'centered' | 'raw'): DerivedSeries['of'] {
  return (layer, steps) => {
    const spectra = layer.spectra![variant]!;
    const { lag, earlier } = laggedPairs(steps);
    return Array.from(steps, (_, index): Determined => {
      if (lag === null)
        return { determined: false, reason: 'no two pairs of measurements are equally far apart' };
      return earlier[index] < 0
        ? { determined: false, reason: `no measurement ${lag} steps before` }
        : spectralVelocity(spectra[earlier[index]], spectra[index]);
    });
  };
}
