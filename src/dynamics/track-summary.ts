import type { MetricSeries, Run } from '../measurements/types.ts';

/** Where the series of a track began and ended. JSON-friendly: what is not known is null. */
export interface TrackSummary {
  readonly track: string;
  readonly measurements: number;
  readonly firstStep: number | null;
  readonly lastStep: number | null;
  readonly subjects: readonly {
    readonly name: string;
    readonly rows: number | null;
    readonly columns: number | null;
    readonly series: Readonly<Record<string, SeriesEnds>>;
  }[];
}

/** First and last value that could be determined, and how many could not. */
export interface SeriesEnds {
  readonly first: number | null;
  readonly last: number | null;
  readonly undetermined: number;
}

/**
 * Summarizes a run's tracks: weights, gradient noise, sharpness, as far as it has them.
 *
 * @example
 * trackSummaries(run).find(({ track }) => track === 'sharpness')?.subjects[0].series.sharpness.last;
 */
export function trackSummaries({ tracks = [] }: Pick<Run, 'tracks'>): TrackSummary[] {
  return tracks.map(({ id, steps, subjects }) => ({
    track: id,
    measurements: steps.length,
    firstStep: steps.at(0) ?? null,
    lastStep: steps.at(-1) ?? null,
    subjects: subjects.map(({ name, rows, columns, series }) => ({
      name,
      rows,
      columns,
      series: Object.fromEntries([...series].map(([metric, values]) => [metric, seriesEnds(values)])),
    })),
  }));
}

function seriesEnds({ values, undetermined }: MetricSeries): SeriesEnds {
  const known = values.filter(Number.isFinite);
  return { first: known.at(0) ?? null, last: known.at(-1) ?? null, undetermined: undetermined.length };
}
