import type { Dataset } from '../datasets/types.ts';
import type { LayerRecord } from '../measurements/step-record.ts';
import type { SubjectRecord } from '../measurements/track-record.ts';
import type { Evaluation as LoggedEvaluation } from '../measurements/types.ts';
import { openProbe } from '../training/probe.ts';
import type { NamedTensors } from '../training/train.ts';
import type { RunExamples } from './choose-examples.ts';
import { measuredSeries, measureLayer } from './measure-layer.ts';
import { planMeter } from './measure-layers.ts';
import { mechanismRecords } from './mechanism-records.ts';
import { planModel } from './plan-model.ts';
import type { RunPlan } from './run-plan.ts';
import { measureWeightMatrix } from './tracks/measure-weight-matrix.ts';
import { valuesOf, weightMatrices } from './tracks/weight-matrices.ts';
import { lossOf } from './training-options.ts';

/** What is read of a run's network, given its weights. */
export interface NetworkReadings {
  /** In the order of the log's header. */
  readonly layers: LayerRecord[];
  readonly evaluation: Omit<LoggedEvaluation, 'step'>;
  /** The spectra of the weight matrices, in the order of `weightMatrices`. */
  readonly weights: SubjectRecord[];
  /** The measures of the mechanism tracks, in the order of `trackedSubjects`. */
  readonly attention: SubjectRecord[];
  readonly filters: SubjectRecord[];
  readonly units: SubjectRecord[];
}

export type ReadingKind = keyof NetworkReadings;

/**
 * Reads a run's network at whatever weights are brought to it. What it needs of them is copied before `read` returns:
 * training may change them at once, and ask for the next reading while this one is under way.
 */
export interface NetworkReader {
  read<R extends ReadingKind>(reading: R, weights: NamedTensors): Promise<NetworkReadings[R]>;
  close(): Promise<void>;
}

/** Plain data from which a reader can be opened, on this thread or another. */
export interface ReadingJob {
  readonly plan: RunPlan;
  /** Inputs and labels of the examples that every measurement is taken on. */
  readonly probe: Dataset;
  readonly evaluation: Dataset;
  /** Words of which the inputs are ids; null where they are quantities. */
  readonly vocabulary: number | null;
}

export function readingJob(
  plan: RunPlan,
  { probe, evaluation }: RunExamples,
  vocabulary: number | null,
): ReadingJob {
  return { plan, probe: probe.data, evaluation: evaluation.data, vocabulary };
}

/** Opens a reader that computes on the calling thread. */
export async function openNetworkReader({
  plan,
  probe,
  evaluation,
  vocabulary,
}: ReadingJob): Promise<NetworkReader> {
  const model = planModel(plan, { ...probe, vocabulary });
  const meter = planMeter(plan, model);
  const { spectra } = plan.measurement;
  const series = measuredSeries(spectra);
  const matrices = weightMatrices(model);
  const network = await openProbe(model, {
    count: probe.count,
    layers: meter.headers.map(({ name }) => name),
    pooling: meter.pooling,
    stage: meter.stage,
    threads: plan.training.threads,
    loss: lossOf(plan.training),
  });
  const mechanisms = mechanismRecords(model, probe, plan.training.threads);
  const readings: { [R in ReadingKind]: (weights: NamedTensors) => Promise<NetworkReadings[R]> } = {
    layers: async (weights) => {
      const { activations } = await network.read(weights, probe.inputs);
      return meter.matrices(activations).map((matrix) => measureLayer(matrix, spectra, series));
    },
    evaluation: async (weights) => {
      const { accuracy, loss, examples, perClass } = await network.evaluate(weights, evaluation);
      return { accuracy, examples, ...(Number.isFinite(loss) && { loss }), perClass };
    },
    weights: async (weights) =>
      matrices.map((matrix) =>
        measureWeightMatrix({ data: valuesOf(matrix, weights), rows: matrix.rows, columns: matrix.columns }),
      ),
    attention: (weights) => mechanisms.take('attention', weights),
    filters: (weights) => mechanisms.take('filters', weights),
    units: (weights) => mechanisms.take('units', weights),
  };
  return {
    read: (reading, weights) => readings[reading](weights),
    close: async () => {
      await Promise.all([network.close(), mechanisms.close()]);
    },
  };
}
