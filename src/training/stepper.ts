import { seedWords } from '../autodiff/optimizers/dropout-mask.ts';
import { flatLength, type NamedTensor, viewsOf } from '../autodiff/optimizers/flat-tensors.ts';
import { createOptimizer, type OptimizerOptions } from '../autodiff/optimizers/optimizer.ts';
import { webassemblyKernel } from '../autodiff/optimizers/webassembly-kernel.ts';
import { sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import { initialize } from '../models/initialize.ts';
import type { Model } from '../models/model.ts';
import type { Random } from '../numerics/random.ts';
import { type BatchMemory, divideRows, openBatchPart } from './batch-parts.ts';
import { exclusive } from './exclusive.ts';
import { type BatchBuffers, loadBatch } from './load-batch.ts';
import type { Loss } from './losses.ts';
import { trainingGraph } from './training-graph.ts';
import { copyTensors, type NamedTensors, type TrainingState } from './training-state.ts';

/**
 * A network with its parameters, gradients and optimizer in one memory, ready to take steps. Whatever is asked of it is done
 * in the order in which it was asked for, one after another.
 */
export interface Stepper {
  /** Views of the live parameters, zero until `start` or `resume`. */
  readonly parameters: NamedTensors;
  /** Views of the gradients by parameter name. */
  readonly gradients: NamedTensors;
  /** Logits of the last batch, `[batchSize, ...outputShape]`. */
  readonly logits: Float32Array;
  /** Gives the parameters their initial values. */
  start(random: Random): Promise<void>;
  /** Takes over a saved state. */
  resume(state: TrainingState): Promise<void>;
  /**
   * Goes forward and backward over a batch.
   * @param examples at most `batchSize` numbers of examples.
   * @param dropout decides what this step drops; unused by a network without dropout.
   * @returns mean loss, and L2 norm of the whole gradient (its elements are left in `gradients`).
   */
  gradient(data: Dataset, examples: ArrayLike<number>, dropout: Random): Promise<Gradient>;
  /** Updates the parameters from the gradient just computed; `step` counts from 0. */
  update(step: number, gradientNorm: number, rateFactor: number): Promise<void>;
  /** A copy of everything that a step changes. */
  state(step: number): Promise<TrainingState>;
  close(): Promise<void>;
}

export interface Gradient {
  readonly loss: number;
  readonly gradientNorm: number;
}

export interface StepperOptions {
  readonly model: Model;
  readonly batchSize: number;
  readonly optimizer: OptimizerOptions;
  /** Each computes a part of every batch, on a core of its own. */
  readonly threads: number;
  /** Names of parameters that stay as they are, and whose gradients count for nothing; none if absent. */
  readonly frozen?: readonly string[];
  /** Cross-entropy if absent. */
  readonly loss?: Loss;
}

export async function openStepper({
  model,
  batchSize,
  threads,
  frozen = [],
  loss: objective,
  ...options
}: StepperOptions): Promise<Stepper> {
  const parts = divideRows(batchSize, threads).map((place) => ({
    ...place,
    graph: trainingGraph(model, place.rows, { loss: objective }),
  }));
  const masks = parts[0].graph.dropoutMasks.map(({ shape: [extent, ...rest], ...mask }) => ({
    ...mask,
    shape: [(extent / parts[0].rows) * batchSize, ...rest],
  }));
  const length = flatLength(model.parameters);
  // Parameters, the gradients of every part, and at most two vectors that an optimizer remembers.
  const kernel = webassemblyKernel((3 + parts.length) * length + flatLength(masks));
  const flatParameters = kernel.allocate(length);
  const flatGradients = kernel.allocate(length);
  const parameters = viewsOf(flatParameters, model.parameters);
  const gradients = viewsOf(flatGradients, model.parameters);
  const optimizer = createOptimizer(options.optimizer, kernel, flatParameters, flatGradients);
  const optimizerState: NamedTensors = new Map(
    [...optimizer.state].flatMap(([memory, flat]) =>
      [...viewsOf(flat, model.parameters)].map(([name, view]) => [`${memory}.${name}`, view] as const),
    ),
  );

  const buffer = (...shape: number[]): NamedTensor => ({ data: new Float32Array(sizeOf(shape)), shape });
  const paddedMasks = masks.map((mask) => ({ ...mask, padded: kernel.allocate(sizeOf(mask.shape)) }));
  const memory: BatchMemory = {
    parameters,
    x: buffer(batchSize, ...model.exampleShape),
    targets: buffer(batchSize, ...model.outputShape),
    weights: objective?.takesNumbers ? buffer(batchSize, ...model.outputShape) : null,
    masks: new Map(
      paddedMasks.map(({ name, shape, padded }) => [
        name,
        { data: padded.subarray(0, sizeOf(shape)), shape },
      ]),
    ),
    logits: buffer(batchSize, ...model.outputShape),
  };
  const batch: BatchBuffers = {
    x: memory.x.data,
    targets: memory.targets.data,
    weights: memory.weights?.data ?? new Float32Array(),
  };
  const own = await openBatchPart(memory, parts[0], gradients, false);
  const others = await Promise.all(
    parts.slice(1).map(async (part) => {
      const flat = kernel.allocate(length);
      const opened = await openBatchPart(memory, part, viewsOf(flat, model.parameters), true);
      return { ...opened, flat };
    }),
  );

  const drop = (random: Random): void => {
    for (const { padded, rate } of paddedMasks) {
      const seeds = Uint32Array.from({ length: seedWords }, () => random.uint32());
      kernel.dropoutMask(padded, rate, seeds);
    }
  };

  const network = exclusive({
    start: (random: Random) => initialize(model.parameters, parameters, random),
    resume: (state: TrainingState) => {
      restore('resume.parameters', parameters, state.parameters);
      restore('resume.optimizer', optimizerState, state.optimizer);
    },
    gradient: async (data: Dataset, examples: ArrayLike<number>, dropout: Random) => {
      loadBatch(batch, data, examples, objective);
      drop(dropout);
      // The others first: this thread computes, and hears nothing meanwhile.
      const elsewhere = others.map((part) => part.run());
      await Promise.all([own.run(), ...elsewhere]);
      // Always summed in this order, or the same seed would not give the same bytes.
      let loss = own.loss[0];
      for (const part of others) {
        kernel.add(flatGradients, part.flat);
        loss += part.loss[0];
      }
      for (const name of frozen) gradients.get(name)!.data.fill(0);
      return { loss, gradientNorm: Math.sqrt(kernel.squaredNorm(flatGradients)) };
    },
    update: (step: number, gradientNorm: number, rateFactor: number): void => {
      // Momentum and weight decay move parameters that have no gradient.
      const kept = frozen.map((name) => parameters.get(name)!.data.slice());
      optimizer.update(step + 1, gradientNorm, rateFactor);
      frozen.forEach((name, i) => {
        parameters.get(name)!.data.set(kept[i]);
      });
    },
    state: (step: number): TrainingState => ({
      step,
      parameters: copyTensors(parameters),
      optimizer: copyTensors(optimizerState),
    }),
    close: async () => {
      await Promise.all([own, ...others].map((part) => part.close()));
    },
  });
  return {
    parameters,
    gradients,
    logits: memory.logits.data,
    start: (...given) => network.use(({ start }) => start(...given)),
    resume: (...given) => network.use(({ resume }) => resume(...given)),
    gradient: (...given) => network.use(({ gradient }) => gradient(...given)),
    update: (...given) => network.use(({ update }) => update(...given)),
    state: (...given) => network.use(({ state }) => state(...given)),
    close: () => network.close(({ close }) => close()),
  };
}

function restore(field: string, target: NamedTensors, source: NamedTensors): void {
  for (const [name, { data, shape }] of target) {
    const saved = source.get(name);
    if (saved === undefined || saved.data.length !== data.length) {
      const value = saved === undefined ? 'missing' : `[${saved.shape}]`;
      throw new InputError({ field: `${field} ${name}`, value, allowed: `the shape [${shape}]` });
    }
    data.set(saved.data);
  }
}
