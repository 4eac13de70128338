import { sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import type { Model } from '../models/model.ts';
import { loadBatch } from './load-batch.ts';
import { openSession, type TensorBuffer } from './session.ts';
import { trainingGraph } from './training-graph.ts';
import type { NamedTensors } from './training-state.ts';

/**
 * The loss and its gradient at any weights, in float64 and without dropout: what the network does as it is measured,
 * with the digits that differences of gradients need.
 */
export interface GradientOracle {
  /**
   * @param weights all parameters one after another, in the order of `model.parameters` (see `flatWeights`).
   * @param examples numbers of examples, at most `batch` of them.
   * @returns mean cross-entropy over these examples, and its gradient, which the next call overwrites.
   */
  at(weights: Float64Array, data: Dataset, examples: ArrayLike<number>): Promise<LossGradient>;
  close(): Promise<void>;
}

export interface LossGradient {
  readonly loss: number;
  readonly gradient: Float64Array;
}

/**
 * Opens a network for gradients at weights of one's own.
 *
 * @param batch the most examples of one call.
 * @example
 * const oracle = await openGradientOracle(model, { batch: 32 });
 * const { gradient } = await oracle.at(flatWeights(model, state.parameters), data, [0, 1, 2]);
 */
export async function openGradientOracle(
  model: Model,
  { batch, threads = 1 }: { readonly batch: number; readonly threads?: number },
): Promise<GradientOracle> {
  const { bytes } = trainingGraph(model, batch, { precision: 'float64', drops: false });
  const session = await openSession(bytes, threads);
  const current = new Float64Array(model.parameterCount);
  const gradient = new Float64Array(model.parameterCount);
  const [parameters, gradients] = [current, gradient].map((flat) => viewsOf(flat, model));
  const x = new Float64Array(batch * sizeOf(model.exampleShape));
  const targets = new Float64Array(batch * model.classes);
  const loss = new Float64Array(1);
  const inputs = new Map<string, TensorBuffer>([
    ...parameters,
    ['x', { data: x, shape: [batch, ...model.exampleShape] }],
    ['targets', { data: targets, shape: [batch, model.classes] }],
  ]);
  const outputs = new Map<string, TensorBuffer>([
    ...gradients.map(([name, view]): [string, TensorBuffer] => [`gradient.${name}`, view]),
    ['loss', { data: loss, shape: [] }],
  ]);
  return {
    at: async (weights, data, examples) => {
      current.set(weights);
      loadBatch({ x, targets }, data, examples);
      await session.run(inputs, outputs);
      return { loss: loss[0], gradient };
    },
    close: () => session.close(),
  };
}

/** All parameters of a network one after another, in the model's order. */
export function flatWeights(model: Model, tensors: NamedTensors): Float64Array {
  const flat = new Float64Array(model.parameterCount);
  for (const [name, { data }] of viewsOf(flat, model)) data.set(tensors.get(name)!.data);
  return flat;
}

function viewsOf(flat: Float64Array, { parameters }: Model): [string, TensorBuffer][] {
  let offset = 0;
  return parameters.map(({ name, shape }) => {
    const data = flat.subarray(offset, offset + sizeOf(shape));
    offset += data.length;
    return [name, { data, shape }];
  });
}
