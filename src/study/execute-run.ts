import { takeExamples } from '../datasets/take-examples.ts';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import type { RunHeader } from '../measurements/run-header.ts';
import type { LayerRecord } from '../measurements/step-record.ts';
import type { RunWriter } from '../measurements/study-store.ts';
import { seriesId } from '../measurements/types.ts';
import { createModel } from '../models/create-model.ts';
import type { Model, ModelLayer } from '../models/model.ts';
import { createRandom, permutation } from '../numerics/random.ts';
import { type MetricName, metricNames, metrics } from '../spectra/metrics.ts';
import { spectraOf } from '../spectra/spectrum.ts';
import type { Determined } from '../spectra/types.ts';
import { type Activation, train } from '../training/train.ts';
import type { RunPlan } from './run-plan.ts';

/** Defined on centred rows only, so it has no raw variant. */
const centredOnly: readonly MetricName[] = ['participation_ratio_corrected'];
const measuredSeries = metricNames.flatMap((metric) => [
  { id: seriesId(metric, 'centred'), metric, centring: 'columns' as const, origin: 'measured' as const },
  ...(centredOnly.includes(metric)
    ? []
    : [{ id: seriesId(metric, 'raw'), metric, centring: 'none' as const, origin: 'measured' as const }]),
]);

/** How a run ended. */
export interface RunOutcome {
  readonly id: string;
  /** Accuracy at the last evaluation; null if the run stopped before one. */
  readonly accuracy: number | null;
  /** Why the run stopped early, or null. */
  readonly stopped: string | null;
}

/**
 * Trains one planned run, measures every layer on the same probe examples, and logs it.
 *
 * The run's seed alone decides which examples are drawn for training, probe and evaluation (disjoint), the
 * initial weights and the order of the batches.
 *
 * @param openLog is given the header and returns the writer of the log, which this function ends or closes.
 * @param onStep called after every training step with the number of steps done.
 */
export async function executeRun(
  plan: RunPlan,
  data: Dataset,
  openLog: (header: RunHeader) => RunWriter,
  onStep: (done: number) => void = () => {},
): Promise<RunOutcome> {
  const random = createRandom(plan.seed);
  const parts = chooseExamples(plan, data);
  const model = createModel(plan.architecture, { ...data, name: plan.architectureName });
  const measured = model.layers.filter(({ standard }) => standard);
  const { steps } = plan.training;
  const isDue = (step: number, every: number): boolean => step % every === 0;

  const log = openLog(await runHeader(plan, model, measured, data, parts.probe));
  let accuracy: number | null = null;
  try {
    const training = train({
      model,
      data: parts.training.data,
      steps,
      random: random.fork('training'),
      batchSize: plan.training.batchSize,
      optimiser: { kind: plan.training.optimiser, learningRate: plan.training.learningRate },
      probe: {
        data: parts.probe.data,
        count: parts.probe.data.count,
        at: (step) => isDue(step, plan.measurement.every),
      },
      evaluation: {
        data: parts.evaluation.data,
        at: (step) => step === steps - 1 || (step > 0 && isDue(step, plan.evaluation.every)),
      },
    });
    for await (const { step, loss, gradientNorm, activations, evaluation, stopped } of training) {
      if (stopped !== null) {
        log.end(stopped);
        return { id: plan.id, accuracy, stopped };
      }
      if (activations !== null) {
        const layers = measured.map(({ name }) => measureLayer(activations.get(name)!));
        log.writeStep({ step, loss, gradientNorm, layers });
      }
      if (evaluation !== null) {
        ({ accuracy } = evaluation);
        log.writeEvaluation({ step, accuracy, examples: evaluation.examples });
      }
      onStep(step + 1);
    }
    log.end('complete');
    return { id: plan.id, accuracy, stopped: null };
  } finally {
    log.close();
  }
}

/** Disjoint random examples for training, probe and evaluation. */
function chooseExamples(plan: RunPlan, data: Dataset) {
  const sizes = {
    training: plan.training.examples,
    probe: plan.measurement.samples,
    evaluation: plan.evaluation.examples,
  };
  const needed = sizes.training + sizes.probe + sizes.evaluation;
  if (data.count < needed) {
    throw new InputError({
      field: `dataset ${plan.dataset}`,
      value: `${data.count} examples`,
      allowed: `at least ${needed}: ${sizes.training} to train on, ${sizes.probe} to probe, ${sizes.evaluation} to evaluate`,
    });
  }
  const order = permutation(data.count, createRandom(plan.seed).fork('examples'));
  let from = 0;
  const take = (count: number) => {
    const ids = order.subarray(from, from + count);
    from += count;
    return { ids, data: takeExamples(data, ids) };
  };
  return { training: take(sizes.training), probe: take(sizes.probe), evaluation: take(sizes.evaluation) };
}

async function runHeader(
  plan: RunPlan,
  model: Model,
  measured: readonly ModelLayer[],
  data: Dataset,
  probe: { readonly ids: Uint32Array; readonly data: Dataset },
): Promise<RunHeader> {
  return {
    id: plan.id,
    architecture: plan.architectureName,
    family: model.family,
    dataset: plan.dataset,
    classes: data.classes,
    seed: plan.seed,
    hyperparameters: {
      ...plan.training,
      probeSamples: plan.measurement.samples,
      measureEvery: plan.measurement.every,
    },
    parameterCount: model.parameterCount,
    plannedSteps: plan.training.steps,
    layers: measured.map(({ name, kind, depth, features, pooling }) => ({
      name,
      kind,
      depth,
      samples: plan.measurement.samples,
      features,
      pooling,
    })),
    probe: { examples: [...probe.ids], sha256: await sha256(probe.data.inputs) },
    spectra: ['centred', 'raw'],
    series: measuredSeries,
  };
}

function measureLayer({ data, shape }: Activation): LayerRecord {
  const [rows, columns] = shape;
  const { centred, raw } = spectraOf({ data, rows, columns });
  const values: Record<string, Determined> = {};
  for (const { id, metric, centring } of measuredSeries) {
    values[id] = metrics[metric](centring === 'none' ? raw : centred);
  }
  return { centred, raw, metrics: values };
}

async function sha256(values: Float32Array): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest(
    'SHA-256',
    new Uint8Array(values.buffer as ArrayBuffer),
  );
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
