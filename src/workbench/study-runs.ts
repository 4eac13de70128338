import { seriesWithMetrics, withMetrics } from '../derived/with-metrics.ts';
import { Recent } from '../dynamics/recent.ts';
import type { LogFacts } from '../measurements/log-store.ts';
import { runOnDemand } from '../measurements/run-facts.ts';
import type { LayerSpectra, Run } from '../measurements/types.ts';
import { type AnalysisCache, noCache } from './analysis-cache-store.ts';
import { loggedRun } from './logged-run-store.ts';
import { bytesOf, type Measured, measuredIn } from './measured.ts';

/** So much of what was measured is at hand where logs must be parsed for it; a study that is smaller is read once. */
const mostParsed = 64 * 2 ** 20;
/** The same where it is kept in a cache, and had again at once. */
const mostRead = 16 * 2 ** 20;
/** The same of a study that does not fit: who goes through it run by run finds none of the runs before, but asks for those of some seeds again. */
const mostOfMany = 4 * 2 ** 20;

/**
 * The runs of a study, of which only the facts are in memory: whoever looks at what was measured has it read, and whoever goes
 * through them run by run has one after another.
 *
 * @param logs what is known of them, in the order of the study.
 * @param metric a series that is computed where a log does not have it.
 * @param cache where what logs hold is kept; none if absent.
 */
export function runsOnDemand(
  directory: string,
  logs: readonly LogFacts[],
  metric?: string,
  cache: AnalysisCache = noCache,
): Run[] {
  const mostKept = cache.folder === null ? mostParsed : isWithin(mostRead, logs) ? mostRead : mostOfMany;
  // A run that is larger than all that is at hand takes the place of all.
  const sizeOf = (measured: Measured): number => Math.min(bytesOf(measured), mostKept);
  const kept = new Recent<string, Measured>(mostKept);
  // One run's: where spectra are logged they are nearly all of the log.
  const keptSpectra = new Recent<string, readonly LayerSpectra[]>(1);
  return logs.map(({ facts, version }) => {
    const { id } = facts;
    const open = (): Run => withMetrics(loggedRun(directory, id, version, cache), metric);
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

/** Whether the series of these logs take no more than so many bytes. */
function isWithin(bytes: number, logs: readonly LogFacts[]): boolean {
  const values = logs.reduce(
    (sum, { facts: { layers, series, steps } }) => sum + layers.length * series.length * steps.length,
    0,
  );
  return Float64Array.BYTES_PER_ELEMENT * values <= bytes;
}
