import { seedWords } from '../autodiff/optimisers/dropout-mask.ts';
import { flatLength, viewsOf } from '../autodiff/optimisers/flat-tensors.ts';
import { createOptimiser, type OptimiserOptions } from '../autodiff/optimisers/optimiser.ts';
import { webassemblyKernel } from '../autodiff/optimisers/webassembly-kernel.ts';
import { sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import { initialise } from '../models/initialise.ts';
import type { Model } from '../models/model.ts';
import type { Random } from '../numerics/random.ts';
import { loadBatch } from './load-batch.ts';
import { openSession } from './session.ts';
import { trainingGraph } from './training-graph.ts';
import { copyTensors, type NamedTensors, type TrainingState } from './training-state.ts';

/** A network with its parameters, gradients and optimiser in one memory, ready to take steps. */
export interface Stepper {
  /** Views of the live parameters, zero until `start` or `resume`. */
  readonly parameters: NamedTensors;
  /** Views of the gradients by parameter name. */
  readonly gradients: NamedTensors;
  /** Logits of the last batch, `[batchSize, classes]`. */
  readonly logits: Float32Array;
  /** Gives the parameters their initial values. */
  start(random: Random): void;
  /** Takes over a saved state. */
  resume(state: TrainingState): void;
  /**
   * Goes forward and backward over a batch.
   * @param examples at most `batchSize` numbers of examples.
   * @param dropout decides what this step drops; unused by a network without dropout.
   * @returns mean cross-entropy, and L2 norm of the whole gradient (its elements are left in `gradients`).
   */
  gradient(data: Dataset, examples: ArrayLike<number>, dropout: Random): Promise<Gradient>;
  /** Updates the parameters from the gradient just computed; `step` counts from 0. */
  update(step: number, gradientNorm: number, rateFactor: number): void;
  /** A copy of everything that a step changes. */
  state(step: number): TrainingState;
  close(): Promise<void>;
}

export interface Gradient {
  readonly loss: number;
  readonly gradientNorm: number;
}

export interface StepperOptions {
  readonly model: Model;
  readonly batchSize: number;
  readonly optimiser: OptimiserOptions;
  readonly threads: number;
}

export async function openStepper({
  model,
  batchSize,
  threads,
  ...options
}: StepperOptions): Promise<Stepper> {
  const graph = trainingGraph(model, batchSize);
  const length = flatLength(model.parameters);
  // Parameters, gradients, and at most two vectors that an optimiser remembers.
  const kernel = webassemblyKernel(4 * length + flatLength(graph.dropoutMasks));
  const flatParameters = kernel.allocate(length);
  const flatGradients = kernel.allocate(length);
  const parameters = viewsOf(flatParameters, model.parameters);
  const gradients = viewsOf(flatGradients, model.parameters);
  const optimiser = createOptimiser(options.optimiser, kernel, flatParameters, flatGradients);
  const optimiserState: NamedTensors = new Map(
    [...optimiser.state].flatMap(([memory, flat]) =>
      [...viewsOf(flat, model.parameters)].map(([name, view]) => [`${memory}.${name}`, view] as const),
    ),
  );

  const x = new Float32Array(batchSize * sizeOf(model.exampleShape));
  const targets = new Float32Array(batchSize * model.classes);
  const loss = new Float32Array(1);
  const logits = new Float32Array(batchSize * model.classes);
  const masks = graph.dropoutMasks.map(({ name, shape, rate }) => {
    const padded = kernel.allocate(sizeOf(shape));
    return { name, rate, padded, view: { data: padded.subarray(0, sizeOf(shape)), shape } };
  });
  const inputs = new Map([
    ...parameters,
    ['x', { data: x, shape: [batchSize, ...model.exampleShape] }],
    ['targets', { data: targets, shape: [batchSize, model.classes] }],
    ...masks.map(({ name, view }) => [name, view] as const),
  ]);
  const outputs = new Map([
    ...[...gradients].map(([name, view]) => [`gradient.${name}`, view] as const),
    ['loss', { data: loss, shape: [] }],
    ['logits', { data: logits, shape: [batchSize, model.classes] }],
  ]);
  const session = await openSession(graph.bytes, threads);

  const drop = (random: Random): void => {
    for (const { padded, rate } of masks) {
      const seeds = Uint32Array.from({ length: seedWords }, () => random.uint32());
      kernel.dropoutMask(padded, rate, seeds);
    }
  };

  return {
    parameters,
    gradients,
    logits,
    start: (random) => initialise(model.parameters, parameters, random),
    resume: (state) => {
      restore('resume.parameters', parameters, state.parameters);
      restore('resume.optimiser', optimiserState, state.optimiser);
    },
    gradient: async (data, examples, dropout) => {
      loadBatch({ x, targets }, data, examples);
      drop(dropout);
      await session.run(inputs, outputs);
      return { loss: loss[0], gradientNorm: Math.sqrt(kernel.squaredNorm(flatGradients)) };
    },
    update: (step, gradientNorm, rateFactor) => optimiser.update(step + 1, gradientNorm, rateFactor),
    state: (step) => ({
      step,
      parameters: copyTensors(parameters),
      optimiser: copyTensors(optimiserState),
    }),
    close: () => session.close(),
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
