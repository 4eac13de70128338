import type { Evaluation, LayerKind, NetworkFamily, Run, RunEvent } from '../measurements/types.ts';
import type { LayerDynamics, RunDynamics } from './analyze-run.ts';
import type { RunChanges } from './run-changes/types.ts';
import type { Stabilization } from './stabilization.ts';
import { fastStretches } from './stretches/fast-stretches.ts';
import { headlineOf } from './stretches/headline.ts';
import { sentenceOf } from './stretches/sentence.ts';

/** One run on a page. JSON-friendly: what is not known is null. */
export interface RunSummary {
  readonly run: string;
  readonly architecture: string;
  readonly family: NetworkFamily;
  readonly dataset: string;
  readonly classes: number | null;
  readonly seed: number | null;
  readonly parameters: number | null;
  readonly hyperparameters: Run['hyperparameters'];
  /** Whether the run reached its planned end, and why not, if it says so. */
  readonly complete: boolean;
  readonly stopped: string | null;
  /** Records that its log says to have lost. */
  readonly lostRecords: number;
  readonly plannedSteps: number;
  readonly measurements: number;
  readonly firstStep: number | null;
  readonly lastStep: number | null;
  /** Training loss; null where no measurement has one. */
  readonly loss: LossSummary | null;
  /** What was done to the run, by step. */
  readonly events: readonly RunEvent[];
  /** The last evaluation. */
  readonly accuracy: Pick<Evaluation, 'step' | 'accuracy' | 'examples' | 'loss'> | null;
  /** What the layers' dynamics were computed of and with; null where there is nothing to analyze. */
  readonly analysis: Pick<RunDynamics, 'seriesId' | 'detector' | 'alpha'> | null;
  /** When the run as a whole changed; null where there is nothing to analyze. */
  readonly runChanges: RunChanges | null;
  /** Over its layers; null where there is nothing to analyze. */
  readonly totals: RunTotals | null;
  /** In network order. */
  readonly layers: readonly LayerSummary[];
}

export interface RunTotals {
  /** What the layers do together, in a sentence. */
  readonly does: string;
  /** Layers whose curves could be described: the next three are of these, and null where there is none, which is not 0. */
  readonly describedLayers: number;
  /** Layers with a rise or fall. */
  readonly movingLayers: number | null;
  /** Jumps and fast rises and falls. */
  readonly fastStretches: number | null;
  readonly stabilizedLayers: number | null;
  /** Layers whose series the step detector could test. */
  readonly testableLayers: number;
  /** Detected in the layers that could be tested; null where none could: that is not the same as 0. */
  readonly changes: number | null;
  readonly convergencePattern: RunDynamics['convergenceOrder']['pattern'];
}

export interface LossSummary {
  readonly first: LossAt;
  readonly last: LossAt;
  readonly min: LossAt;
}

export interface LossAt {
  readonly step: number;
  readonly loss: number;
}

export interface LayerSummary {
  readonly layer: string;
  readonly kind: LayerKind;
  readonly depth: number;
  /** P × Q, rows and columns of the measured matrix. */
  readonly samples: number | null;
  readonly features: number | null;
  readonly dynamics: LayerDynamicsSummary | null;
}

/** How the analyzed metric of one layer went. */
export interface LayerDynamicsSummary {
  readonly first: number | null;
  readonly last: number | null;
  /** (last − first) / |first|; null where either is unknown or the first is 0. */
  readonly relativeChange: number | null;
  readonly undetermined: number;
  /** What the curve does, in a sentence. */
  readonly does: string;
  readonly stabilization: Stabilization;
  /** Jumps and fast rises and falls; null where the curve cannot be described. */
  readonly fastStretches: number | null;
  /** Changes that the step detector found; null where the series cannot be tested. */
  readonly changes: number | null;
  /** First and last training step at which a change can be reported; null where the series cannot be tested. */
  readonly tested: readonly [number, number] | null;
  /** Why the series cannot be tested; null where it can. */
  readonly notTestable: string | null;
}

/**
 * Summarizes a run: what was trained, how it went, and what its layers did.
 *
 * @param dynamics the analysis of the same run; null where it has no metric to analyze.
 * @example
 * runSummary(run, analyzeRun(run, options)).layers[0].dynamics?.relativeChange;
 */
export function runSummary(run: Run, dynamics: RunDynamics | null): RunSummary {
  const evaluation = run.evaluations.at(-1);
  return {
    run: run.id,
    architecture: run.architecture,
    family: run.family,
    dataset: run.dataset,
    classes: run.classes,
    seed: run.seed,
    parameters: run.parameterCount,
    hyperparameters: run.hyperparameters,
    complete: run.complete,
    stopped: run.stopped,
    lostRecords: run.lostRecords ?? 0,
    plannedSteps: run.plannedSteps,
    measurements: run.steps.length,
    firstStep: run.steps.at(0) ?? null,
    lastStep: run.steps.at(-1) ?? null,
    events: run.events ?? [],
    loss: lossSummary(run),
    accuracy:
      evaluation === undefined
        ? null
        : {
            step: evaluation.step,
            accuracy: evaluation.accuracy,
            examples: evaluation.examples,
            ...(evaluation.loss !== undefined && { loss: evaluation.loss }),
          },
    analysis:
      dynamics === null
        ? null
        : { seriesId: dynamics.seriesId, detector: dynamics.detector, alpha: dynamics.alpha },
    runChanges: dynamics?.runChanges ?? null,
    totals: dynamics === null ? null : totals(dynamics),
    layers: run.layers.map(({ name, kind, depth, samples, features }, l) => ({
      layer: name,
      kind,
      depth,
      samples,
      features,
      dynamics: dynamics === null ? null : layerSummary(dynamics.layers[l]),
    })),
  };
}

function totals({ layers, convergenceOrder }: RunDynamics): RunTotals {
  const tested = layers.flatMap(({ detection }) => (detection.testable ? [detection.changes.length] : []));
  const curves = layers.flatMap(({ curve }) => (curve.described ? [curve] : []));
  const ofDescribed = (count: () => number): number | null => (curves.length === 0 ? null : count());
  return {
    does: headlineOf(layers),
    describedLayers: curves.length,
    movingLayers: ofDescribed(
      () => curves.filter(({ stretches }) => stretches.some(({ toldFrom }) => toldFrom === 'walk')).length,
    ),
    fastStretches: ofDescribed(() => curves.reduce((sum, curve) => sum + fastStretches(curve).length, 0)),
    stabilizedLayers: ofDescribed(
      () => curves.filter(({ stabilization }) => stabilization.status === 'stabilized').length,
    ),
    testableLayers: tested.length,
    changes: tested.length === 0 ? null : tested.reduce((sum, changes) => sum + changes, 0),
    convergencePattern: convergenceOrder.pattern,
  };
}

function lossSummary({ steps, loss }: Run): LossSummary | null {
  const known = Array.from(loss, (value, i): LossAt => ({ step: steps[i], loss: value })).filter((at) =>
    Number.isFinite(at.loss),
  );
  if (known.length === 0) return null;
  const min = known.reduce((least, at) => (at.loss < least.loss ? at : least));
  return { first: known[0], last: known[known.length - 1], min };
}

function layerSummary({ summary, curve, stabilization, detection }: LayerDynamics): LayerDynamicsSummary {
  const { first, last, undetermined } = summary;
  return {
    first,
    last,
    relativeChange: first === null || last === null || first === 0 ? null : (last - first) / Math.abs(first),
    undetermined,
    does: sentenceOf(curve),
    stabilization,
    fastStretches: curve.described ? fastStretches(curve).length : null,
    changes: detection.testable ? detection.changes.length : null,
    tested: detection.testable ? detection.tested : null,
    notTestable: detection.testable ? null : detection.reason,
  };
}
