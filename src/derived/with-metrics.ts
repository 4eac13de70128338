import type { RunFacts } from '../measurements/run-facts.ts';
import type { SeriesHeader } from '../measurements/run-header.ts';
import type { Layer, MetricSeries, Run, Track, TrackSubject } from '../measurements/types.ts';
import { countReliable } from '../spectra/spectrum.ts';
import type { Determined, Spectrum } from '../spectra/types.ts';
import { type WeightMetricName, weightMetricNames, weightMetrics } from '../spectra/weight-metrics.ts';
import { canDerive, centeringOf, derivedSeries, deriveSeries, withSeries } from './derive-series.ts';

/** Computed when it is asked for by name: it tells how spectra move, not what they are. */
const onRequest = 'spectral_velocity';

/**
 * The run with the metrics that its log leaves to be computed: of layers logged with spectra and without any metric,
 * each metric of each spectrum; of tracks that log singular values, the metrics of weight matrices that it lacks. The
 * run itself if its log leaves none. Spectra are read when the first of them is looked at.
 *
 * @param asked a series that is had as well, where the log holds what it is computed from.
 * @example
 * withMetrics(readRun('my-study', 'mine')).layers[0].series.get('participation_ratio')?.values;
 */
export function withMetrics(run: Run, asked?: string): Run {
  const own = withOwnMetrics(run);
  // Whether it can be computed is seen from the spectra, which take long to read.
  if (asked === undefined || own.layers.every(({ series }) => series.has(asked))) return own;
  return canDerive(own, asked) ? withSeries(own, asked) : own;
}

function withOwnMetrics(run: Run): Run {
  const lacksMetrics = run.layers.every(({ series }) => series.size === 0);
  const tracks = run.tracks?.map(trackWithMetrics);
  const isSame = tracks?.every((track, i) => track === run.tracks?.[i]) ?? true;
  if (!lacksMetrics && isSame) return run;
  return {
    ...run,
    layers: lacksMetrics ? layersWithMetrics(run) : run.layers,
    ...(tracks !== undefined && { tracks }),
  };
}

/**
 * The series that a run has `withMetrics(run, asked)`: without computing any.
 */
export function seriesWithMetrics({ series, spectra }: RunFacts, asked?: string): readonly SeriesHeader[] {
  const computable = [...derivedSeries]
    .filter(([, { variant }]) => spectra.includes(variant))
    .map(([id, { metric, variant }]): SeriesHeader => {
      return { id, metric, centering: centeringOf(variant), origin: 'derived' };
    });
  const own = series.length > 0 ? series : computable.filter(({ metric }) => metric !== onRequest);
  return own.some(({ id }) => id === asked) ? own : [...own, ...computable.filter(({ id }) => id === asked)];
}

function layersWithMetrics(run: Run): Layer[] {
  let computed: ReadonlyMap<string, MetricSeries>[] | null = null;
  const compute = (): ReadonlyMap<string, MetricSeries>[] => {
    const ids = [...derivedSeries].flatMap(([id, { metric, variant }]) =>
      metric !== onRequest && run.layers.every(({ spectra }) => spectra?.[variant] != null) ? [id] : [],
    );
    const byId = ids.map((id) => deriveSeries(run, id));
    return run.layers.map((_, l) => new Map(ids.map((id, i) => [id, byId[i][l]])));
  };
  return run.layers.map((layer, l) =>
    // A getter is copied as one, or every log's spectra would be read here.
    Object.defineProperties({} as Layer, {
      ...Object.getOwnPropertyDescriptors(layer),
      series: {
        get: () => {
          computed ??= compute();
          return computed[l];
        },
        enumerable: true,
      },
    }),
  );
}

function trackWithMetrics(track: Track): Track {
  const subjects = track.subjects.map(subjectWithMetrics);
  return subjects.every((subject, i) => subject === track.subjects[i]) ? track : { ...track, subjects };
}

function subjectWithMetrics(subject: TrackSubject): TrackSubject {
  const { singularValues, rows, columns, series } = subject;
  const lacking = weightMetricNames.filter((name) => !series.has(name));
  if (singularValues === null || rows === null || columns === null || lacking.length === 0) return subject;
  let all: ReadonlyMap<string, MetricSeries> | null = null;
  return {
    ...subject,
    get series() {
      all ??= new Map([...metricsOf(singularValues, rows, columns, lacking), ...series]);
      return all;
    },
  };
}

function metricsOf(
  spectra: readonly Float64Array[],
  rows: number,
  columns: number,
  names: readonly WeightMetricName[],
): [string, MetricSeries][] {
  const measured = spectra.map((values) =>
    values.length === 0 ? null : weightMetrics(uncentered(values, rows, columns)),
  );
  return names.map((metric) => {
    const of = (found: (typeof measured)[number]): Determined =>
      found?.[metric] ?? { determined: false, reason: 'no spectrum was logged' };
    const results = measured.map(of);
    return [
      metric,
      {
        metric,
        centering: null,
        origin: 'derived',
        values: Float64Array.from(results, (found) => (found.determined ? found.value : Number.NaN)),
        undetermined: results.flatMap((found, index) =>
          found.determined ? [] : [{ index, reason: found.reason }],
        ),
      },
    ];
  });
}

/** A weight matrix's spectrum from its singular values; the fourth moment is of samples, which weights are not. */
function uncentered(singularValues: Float64Array, samples: number, features: number): Spectrum {
  const reliable = countReliable(singularValues);
  return { singularValues, samples, features, centering: 'none', reliable, rowFourthMoment: Number.NaN };
}
