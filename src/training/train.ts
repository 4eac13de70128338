import { schedule } from '../autodiff/optimizers/schedule.ts';
import { sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import { initialize } from '../models/initialize.ts';
import type { Model } from '../models/model.ts';
import type { Random } from '../numerics/random.ts';
import { assertTrainable } from './assert-trainable.ts';
import { batchOrder } from './batch-order.ts';
import { type Activation, type Evaluation, openProbe, type Probe } from './probe.ts';
import { openStepper } from './stepper.ts';
import type { TrainingOptions } from './training-options.ts';
import { copyTensors, type NamedTensors, type TrainingState } from './training-state.ts';

export type { OptimizerOptions } from '../autodiff/optimizers/optimizer.ts';
export type { ScheduleOptions } from '../autodiff/optimizers/schedule.ts';
export { type Loss, type LossName, lossNamed, lossNames } from './losses.ts';
export type { Activation, Evaluation } from './probe.ts';
export type { TrainingOptions } from './training-options.ts';
export type { NamedTensors, TrainingState } from './training-state.ts';

export interface TrainingStep {
  /** From 0. */
  readonly step: number;
  /** From 1, as the published logs count. */
  readonly epoch: number;
  /** Mean loss of this step's batch, before its update. */
  readonly loss: number;
  /** L2 norm of the whole gradient, before clipping. */
  readonly gradientNorm: number;
  /** Layer outputs by name after the update, in eval mode; null at steps that are not probed. */
  readonly activations: ReadonlyMap<string, Activation> | null;
  /** Attention probabilities by module name; null where not asked for. */
  readonly attention: ReadonlyMap<string, Activation> | null;
  /** After the update; null at steps that are not evaluated. */
  readonly evaluation: Evaluation | null;
  /** The live parameters, after the update: the next step changes them. */
  readonly parameters: NamedTensors;
  /** A copy of the parameters before the update; null where not asked for. */
  readonly before: NamedTensors | null;
  /** A copy of the state after the update; null where not asked for. */
  readonly state: TrainingState | null;
  /** Why training had to end here, before the update; null on every other record. */
  readonly stopped: string | null;
}

/**
 * Trains a network and yields a record per step. The same options and seed give the same bytes, on one machine and
 * number of threads.
 *
 * The computation blocks the event loop: give each run a worker of its own. Breaking off the loop frees everything.
 *
 * @throws InputError if data and model do not fit together, or an option is out of range.
 * @example
 * const model = createModel('mlp_narrow', { exampleShape: data.exampleShape, classes: data.classes });
 * const every5 = (step: number) => step % 5 === 0;
 * const run = train({ model, data, steps: 2000, random: createRandom(7), probe: { data: held, at: every5 } });
 * for await (const { step, loss, activations } of run) {
 *   for (const [layer, { data, shape }] of activations ?? []) console.log(step, loss, layer, shape, data[0]);
 * }
 */
export async function* train(options: TrainingOptions): AsyncGenerator<TrainingStep, void> {
  assertTrainable(options);
  const { model, data, steps, random, batchSize = 32, optimizer = { kind: 'adam' }, threads = 1 } = options;
  const { probe, evaluation, checkpoint, resume } = options;
  const probed = probe === undefined ? null : probedExamples(probe.data, probe.count);
  const batchAt = batchOrder(data.count, batchSize, random.fork('batches'));
  const dropout = random.fork('dropout');
  const rateFactorAt = schedule(options.schedule ?? { kind: 'constant' }, steps);
  const { until = steps, batchesFrom = 0, frozen = [], loss: objective } = options;
  const stepper = await openStepper({ model, batchSize, optimizer, threads, frozen, loss: objective });
  let reader: Probe | null = null;
  try {
    if (probed !== null || evaluation !== undefined) {
      const count = probed?.count ?? Math.min(160, evaluation!.data.count);
      reader = await openProbe(model, {
        ...probe,
        layers: probe === undefined ? [] : probe.layers,
        count,
        threads,
        loss: objective,
      });
    }
    if (resume === undefined) await stepper.start(initialWeightsRandom(random));
    else await stepper.resume(resume);
    const { parameters } = stepper;
    for (let step = (resume?.step ?? -1) + 1; step < Math.min(steps, until); step++) {
      const { epoch, examples } = batchAt(step - batchesFrom);
      const { loss, gradientNorm } = await stepper.gradient(data, examples, dropout.fork(step));
      const stopped = reasonToStop(loss, gradientNorm);
      if (stopped !== null) {
        const nothing = { activations: null, attention: null, evaluation: null, before: null, state: null };
        yield { step, epoch, loss, gradientNorm, parameters, ...nothing, stopped };
        return;
      }
      const before = options.before?.at(step) ? copyTensors(parameters) : null;
      await stepper.update(step, gradientNorm, rateFactorAt(step));
      const reading = probe?.at(step) ? await reader!.read(parameters, probed!.inputs) : null;
      yield {
        step,
        epoch,
        loss,
        gradientNorm,
        activations: reading?.activations ?? null,
        attention: probe?.attention && reading !== null ? reading.attention : null,
        evaluation: evaluation?.at(step) ? await reader!.evaluate(parameters, evaluation.data) : null,
        parameters,
        before,
        state: checkpoint?.at(step) ? await stepper.state(step) : null,
        stopped: null,
      };
    }
  } finally {
    await stepper.close();
    await reader?.close();
  }
}

/**
 * The weights that a training with this model and generator starts from.
 *
 * @param random the `random` of its `TrainingOptions`.
 */
export function initialWeights(model: Model, random: Random): NamedTensors {
  const buffers = new Map(
    model.parameters.map(({ name, shape }) => [name, { data: new Float32Array(sizeOf(shape)), shape }]),
  );
  initialize(model.parameters, buffers, initialWeightsRandom(random));
  return buffers;
}

function initialWeightsRandom(random: Random): Random {
  return random.fork('weights');
}

function probedExamples(data: Dataset, wanted = 160): { count: number; inputs: Float32Array } {
  const count = Math.min(wanted, data.count);
  return { count, inputs: data.inputs.subarray(0, (count * data.inputs.length) / data.count) };
}

function reasonToStop(loss: number, gradientNorm: number): string | null {
  if (!Number.isFinite(loss)) return `the loss is ${loss}`;
  if (!Number.isFinite(gradientNorm)) return `the gradient norm is ${gradientNorm}`;
  return null;
}
