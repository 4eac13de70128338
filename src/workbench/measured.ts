import type { MetricSeries, Run, Track } from '../measurements/types.ts';

/** What is measured in a run, without the spectra of its layers. */
export interface Measured {
  /** By layer, in network order, the series by id. */
  readonly series: readonly ReadonlyMap<string, MetricSeries>[];
  readonly tracks: readonly Track[];
}

/** Taken out of the run, which would keep its spectra once they were looked at. */
export function measuredIn({ layers, tracks = [] }: Run): Measured {
  return { series: layers.map(({ series }) => series), tracks };
}

/** How much memory it takes, about. */
export function bytesOf({ series, tracks }: Measured): number {
  const inLayers = series.reduce((sum, each) => sum + bytesOfSeries(each), 0);
  const inTracks = tracks.flatMap(({ subjects }) =>
    subjects.map(({ series: each, singularValues }) => {
      return (
        bytesOfSeries(each) + (singularValues ?? []).reduce((sum, { byteLength }) => sum + byteLength, 0)
      );
    }),
  );
  return inLayers + inTracks.reduce((a, b) => a + b, 0);
}

function bytesOfSeries(series: ReadonlyMap<string, MetricSeries>): number {
  let bytes = 0;
  for (const { values, undetermined } of series.values())
    bytes += values.byteLength + 64 * undetermined.length;
  return bytes;
}
