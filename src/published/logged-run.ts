import { InputError } from '../errors/input-error.ts';
import { type Run, seriesId } from '../measurements/types.ts';

/** What the published scripts read of one training log. */
export interface LoggedRun {
  /** The log's file name without `.json`, e.g. `cnn_deep_mnist`. */
  readonly name: string;
  readonly archName: string;
  readonly datasetName: string;
  /** `num_steps` of the log. */
  readonly plannedSteps: number;
  /** Training loss at each measurement. */
  readonly loss: Float64Array;
  /** The logged `stable_rank` of each layer, in the log's own layer order, each as long as `loss`. */
  readonly stableRank: ReadonlyMap<string, Float64Array>;
}

/**
 * The part of an imported run that the published analysis looks at.
 *
 * @throws InputError if a layer has no logged stable rank of the run's length, or the run has no layer.
 */
export function loggedRun(run: Run): LoggedRun {
  const stableRank = new Map<string, Float64Array>();
  for (const layer of run.layers) {
    const series = layer.series.get(seriesId('stable_rank', 'logged'));
    if (series === undefined || series.values.length !== run.loss.length) {
      throw new InputError({
        file: run.id,
        field: `layer ${layer.name}`,
        allowed: `a logged stable_rank at each of the ${run.loss.length} measurements`,
      });
    }
    stableRank.set(layer.name, series.values);
  }
  if (stableRank.size === 0) throw new InputError({ file: run.id, allowed: 'a run with at least one layer' });
  return {
    name: run.id,
    archName: run.architecture,
    datasetName: run.dataset,
    plannedSteps: run.plannedSteps,
    loss: run.loss,
    stableRank,
  };
}

/** Layer names in the order the published scripts visit them (Python's `sorted`). */
export function sortedLayers(run: LoggedRun): string[] {
  return [...run.stableRank.keys()].sort();
}

/** Runs in the order of their sorted file names, extension included. */
export function sortedRuns(runs: readonly LoggedRun[]): LoggedRun[] {
  const fileName = (run: LoggedRun): string => `${run.name}.json`;
  return [...runs].sort((a, b) => (fileName(a) < fileName(b) ? -1 : fileName(a) > fileName(b) ? 1 : 0));
}
