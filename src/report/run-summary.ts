import type { Run } from '../measurements/types.ts';
import type { RunDynamicsView } from './types.ts';

/** A run in one row: the same facts in the page, in `report.json` and in `tables/runs.csv`. */
export interface RunSummary {
  readonly run: string;
  readonly architecture: string;
  readonly family: string;
  readonly dataset: string;
  readonly seed: number | null;
  readonly parameters: number | null;
  readonly layers: number;
  readonly measurements: number;
  readonly plannedSteps: number;
  readonly lastStep: number | null;
  readonly complete: boolean;
  readonly stopped: string | null;
  /** Of the last evaluation, 0 to 1. */
  readonly accuracy: number | null;
  readonly finalLoss: number | null;
  readonly changes: number | null;
  readonly testableLayers: number | null;
  readonly stabilisedLayers: number | null;
  readonly convergencePattern: string | null;
}

/** Summarises a run and, where there are any, its dynamics. */
export function runSummary(run: Run, dynamics: RunDynamicsView | undefined): RunSummary {
  const finalLoss = run.loss.at(-1);
  return {
    run: run.id,
    architecture: run.architecture,
    family: run.family,
    dataset: run.dataset,
    seed: run.seed,
    parameters: run.parameterCount,
    layers: run.layers.length,
    measurements: run.steps.length,
    plannedSteps: run.plannedSteps,
    lastStep: run.steps.at(-1) ?? null,
    complete: run.complete,
    stopped: run.stopped,
    accuracy: run.evaluations.at(-1)?.accuracy ?? null,
    finalLoss: finalLoss !== undefined && Number.isFinite(finalLoss) ? finalLoss : null,
    changes:
      dynamics?.layers.reduce(
        (sum, { detection }) => sum + (detection.testable ? detection.changes.length : 0),
        0,
      ) ?? null,
    testableLayers: dynamics?.layers.filter(({ detection }) => detection.testable).length ?? null,
    stabilisedLayers:
      dynamics?.layers.filter(({ stabilization }) => stabilization.status === 'stabilized').length ?? null,
    convergencePattern: dynamics?.convergenceOrder.pattern ?? null,
  };
}
