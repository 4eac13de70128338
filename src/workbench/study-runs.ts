import { withSeries } from '../derived/derive-series.ts';
import { seriesWithMetrics, withMetrics } from '../derived/with-metrics.ts';
import { Recent } from '../dynamics/recent.ts';
import { type LogFacts, type LogVersion, readRunAt } from '../measurements/log-store.ts';
import { runOnDemand } from '../measurements/run-facts.ts';
import type { LayerSpectra, MetricSeries, Run, Track } from '../measurements/types.ts';

/** So much of what was measured is kept at hand; a study that is smaller is read once. */
const mostKept = 64 * 2 ** 20;

/** What is measured in a run, without its spectra. */
interface Measured {
  readonly series: readonly ReadonlyMap<string, MetricSeries>[];
  readonly tracks: readonly Track[];
}

/**
 * The runs of a study, of which only the facts are in memory: whoever looks at what was measured has the log read, and whoever goes
 * through them run by run has one after another.
 *
 * @param logs what is known of them, in the order of the study.
 * @param metric a series that is computed where a log does not have it.
 */
export function runsOnDemand(directory: string, logs: readonly LogFacts[], metric?: string): Run[] {
  const kept = new Recent<string, Measured>(mostKept);
  // One run's: where spectra are logged they are nearly all of the log.
  const keptSpectra = new Recent<string, readonly LayerSpectra[]>(1);
  return logs.map(({ facts, version }) => {
    const { id } = facts;
    const open = (): Run => withMetrics(readRunAt(directory, id, version), metric);
    const measured = (): Measured => kept.of(id, sizeOf, () => measuredIn(open()));
    return runOnDemand(
      { ...facts, series: seriesWithMetrics(facts, metric) },
      {
        series: () => measured().series,
        tracks: () => measured().tracks,
        spectra: () => keptSpectra.of(id, 1, () => open().layers.map(({ spectra }) => spectra!)),
      },
    );
  });
}

/**
 * Reads one run as it was in that version of its log, with the metrics that the log leaves to be computed, and the one asked for.
 *
 * @throws InputError if the log does not begin with these bytes any more.
 */
export function openRunAt(directory: string, id: string, version: LogVersion, metric?: string): Run {
  const run = withMetrics(readRunAt(directory, id, version));
  return metric === undefined ? run : withSeries(run, metric);
}

/** Taken out of the run, which would keep its spectra once they were looked at. */
function measuredIn({ layers, tracks = [] }: Run): Measured {
  return { series: layers.map(({ series }) => series), tracks };
}

/** A run that is larger than all that is kept takes the place of all. */
function sizeOf(measured: Measured): number {
  return Math.min(bytesOf(measured), mostKept);
}

function bytesOf({ series, tracks }: Measured): number {
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
