import { sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import type { Model } from '../models/model.ts';
import { exclusive } from './exclusive.ts';
import { batchBuffers, loadBatch } from './load-batch.ts';
import type { Loss } from './losses.ts';
import { openSession, type Session, type TensorBuffer, type TensorBuffers } from './session.ts';
import { trainingGraph } from './training-graph.ts';
import type { NamedTensors } from './training-state.ts';

/**
 * The loss and its gradient at any weights, in float64 and without dropout: what the network does as it is measured,
 * with the digits that differences of gradients need.
 */
export interface GradientOracle {
  /**
   * The gradients at these weights. They are copied: the caller may change them at once.
   *
   * @param weights all parameters one after another, in the order of `model.parameters` (see `flatWeights`).
   */
  at(weights: Float64Array): GradientOfBatch;
  close(): Promise<void>;
}

/**
 * Calls at whatever weights come one after another.
 *
 * @param examples numbers of examples, at most `batch` of them.
 * @returns the mean loss over these examples, and its gradient, in memory of its own.
 */
export type GradientOfBatch = (data: Dataset, examples: ArrayLike<number>) => Promise<LossGradient>;

export interface LossGradient {
  readonly loss: number;
  readonly gradient: Float64Array;
}

export interface GradientOracleOptions {
  /** The most examples of one call. */
  readonly batch: number;
  /** Threads of ONNX Runtime inside one operator; 1 if absent. */
  readonly threads?: number;
  /** Cross-entropy if absent. */
  readonly loss?: Loss;
}

/**
 * A network for gradients at weights of one's own. Its graph is built when the first one is asked for.
 *
 * @example
 * const oracle = gradientOracle(model, { batch: 32 });
 * const { gradient } = await oracle.at(flatWeights(model, state.parameters))(data, [0, 1, 2]);
 * await oracle.close();
 */
export function gradientOracle(model: Model, options: GradientOracleOptions): GradientOracle {
  const memory = exclusive<{ opened: OracleMemory | null }>({ opened: null });
  return {
    at: (weights) => {
      const own = weights.slice();
      return (data, examples) =>
        memory.use(async (lazy) => {
          lazy.opened ??= await openMemory(model, options);
          const { session, inputs, outputs, flat } = lazy.opened;
          flat.parameters.set(own);
          loadBatch(flat, data, examples, options.loss);
          await session.run(inputs, outputs);
          return { loss: flat.loss[0], gradient: flat.gradient.slice() };
        });
    },
    close: () => memory.close(({ opened }) => opened?.session.close()),
  };
}

/** A session, and the buffers that it reads and writes at every call. */
interface OracleMemory {
  readonly session: Session;
  readonly inputs: TensorBuffers;
  readonly outputs: TensorBuffers;
  /** The same memory, each in one piece. */
  readonly flat: Readonly<
    Record<'parameters' | 'gradient' | 'x' | 'targets' | 'weights' | 'loss', Float64Array>
  >;
}

async function openMemory(
  model: Model,
  { batch, threads = 1, loss }: GradientOracleOptions,
): Promise<OracleMemory> {
  const { bytes } = trainingGraph(model, batch, { precision: 'float64', drops: false, loss });
  const examples = batchBuffers(model, batch, loss);
  const flat = {
    parameters: new Float64Array(model.parameterCount),
    gradient: new Float64Array(model.parameterCount),
    ...examples.flat,
    loss: new Float64Array(1),
  };
  const inputs = new Map<string, TensorBuffer>([...viewsOf(flat.parameters, model), ...examples.named]);
  const outputs = new Map<string, TensorBuffer>([
    ...viewsOf(flat.gradient, model).map(([name, view]): [string, TensorBuffer] => [
      `gradient.${name}`,
      view,
    ]),
    ['loss', { data: flat.loss, shape: [] }],
  ]);
  return { session: await openSession(bytes, threads), inputs, outputs, flat };
}

/** All parameters of a network one after another, in the model's order. */
export function flatWeights(model: Model, tensors: NamedTensors): Float64Array {
  const flat = new Float64Array(model.parameterCount);
  for (const [name, { data }] of viewsOf(flat, model)) data.set(tensors.get(name)!.data);
  return flat;
}

/** The parameters by name, as parts of the memory that holds them one after another. */
export function viewsOf(flat: Float64Array, { parameters }: Model): [string, TensorBuffer][] {
  let offset = 0;
  return parameters.map(({ name, shape }) => {
    const data = flat.subarray(offset, offset + sizeOf(shape));
    offset += data.length;
    return [name, { data, shape }];
  });
}
