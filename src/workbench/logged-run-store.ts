import { join } from 'node:path';
import { withMetrics } from '../derived/with-metrics.ts';
import { InputError } from '../errors/input-error.ts';
import { sweepStale } from '../files/stale-temporaries.ts';
import { type LogFacts, type LogVersion, readLogWithFacts, readRunAt } from '../measurements/log-store.ts';
import type { RunFacts } from '../measurements/run-facts.ts';
import type { Layer, LayerSpectra, Run } from '../measurements/types.ts';
import type { AnalysisCache } from './analysis-cache-store.ts';
import { bytesOf, type Measured, measuredIn } from './measured.ts';

/**
 * What is kept of a log that was parsed: the run with the metrics that the log leaves to be computed, without the spectra of its layers. It
 * is read in a twentieth of the time, its numbers being float64 as they are in memory.
 */
interface KeptRun extends Measured {
  readonly facts: RunFacts;
}

/** Of a run that is larger than this the log is parsed again: what is kept is read and sealed as a whole. */
const largestKept = 2 ** 27;

/** Reads a log for the first time: its facts; what it holds is kept. @throws InputError as `readLogFacts` does. */
export function readLogOnce(directory: string, id: string, cache: AnalysisCache): LogFacts {
  const { log, run } = readLogWithFacts(directory, id);
  if (cache.folder !== null) keepRun(id, log, withMetrics(run), cache);
  return log;
}

/**
 * A run as it was in some version of its log, with the metrics that the log leaves to be computed: what was kept of that version, else the log itself,
 * which is kept then. Spectra of layers are read from the log when they are looked at.
 *
 * @throws InputError if nothing was kept of this version, and the log does not begin with these bytes any more.
 */
export function loggedRun(directory: string, id: string, version: LogVersion, cache: AnalysisCache): Run {
  const kept = cache.read<KeptRun>(nameOf(id), { log: version });
  if (kept !== null) return runOf(kept, () => spectraOf(readRunAt(directory, id, version).run));
  const { facts, run: logged } = readRunAt(directory, id, version);
  const run = withMetrics(logged);
  if (cache.folder !== null) keepRun(id, { facts, version }, run, cache);
  return run;
}

function keepRun(
  id: string,
  { facts, version }: Pick<LogFacts, 'facts' | 'version'>,
  run: Run,
  cache: AnalysisCache,
): void {
  const measured = measuredOrNull(run);
  if (measured !== null && bytesOf(measured) <= largestKept)
    cache.keep(nameOf(id), { log: version }, { facts, ...measured } satisfies KeptRun);
}

/** Null where metrics follow from spectra of which one cannot be read: whoever looks at them is told so, with a cache or without. */
function measuredOrNull(run: Run): Measured | null {
  try {
    return measuredIn(run);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function runOf({ facts: all, series, tracks }: KeptRun, spectra: () => readonly LayerSpectra[]): Run {
  const { layers, series: _, spectra: logged, hasTracks, ...facts } = all;
  let read: readonly LayerSpectra[] | undefined;
  return {
    ...facts,
    layers: layers.map((layer, l): Layer => {
      if (logged.length === 0) return { ...layer, series: series[l], spectra: null };
      return {
        ...layer,
        series: series[l],
        get spectra() {
          read ??= spectra();
          return read[l];
        },
      };
    }),
    ...(hasTracks && { tracks }),
  };
}

function spectraOf({ layers }: Run): LayerSpectra[] {
  return layers.map(({ spectra }) => spectra!);
}

/** Removes what killed processes left where logs are kept, for threads that keep some: none of them looks for that itself. */
export function sweepKeptLogs(cache: string): void {
  sweepStale(join(cache, folder));
}

const folder = 'logs';

function nameOf(id: string): string {
  return `${folder}/${id}`;
}
