import type { Dataset } from '../datasets/types.ts';
import type { Model } from '../models/model.ts';
import { exclusive } from './exclusive.ts';
import { type GradientOracleOptions, viewsOf } from './gradient-oracle.ts';
import { batchBuffers, loadBatch } from './load-batch.ts';
import { openSession, type Session, type TensorBuffer, type TensorBuffers } from './session.ts';
import { hessianGraph } from './training-graph.ts';

/**
 * Products of the loss's Hessian with vectors, at any weights: exact, by a second reverse pass through the network in float64,
 * without dropout.
 */
export interface HessianOracle {
  /**
   * The Hessian of the mean loss over these examples, any number of them, at these weights, which are copied.
   *
   * @param weights all parameters one after another, in the order of `model.parameters` (see `flatWeights`).
   * @returns v ↦ Hv, in memory of its own. Products asked for at once come one after another.
   */
  at(
    weights: Float64Array,
    data: Dataset,
    examples: readonly number[],
  ): (v: Float64Array) => Promise<Float64Array>;
  close(): Promise<void>;
}

/**
 * A network's Hessian at weights of one's own. The graph is built when the first product is asked for. A product takes about
 * two to two and a half times as long as a gradient of the same examples.
 *
 * @param options with the most examples that go through the network at once.
 * @example
 * const oracle = hessianOracle(model, { batch: 32 });
 * const weights = flatWeights(model, state.parameters);
 * const product = await oracle.at(weights, data, [0, 1, 2])(weights); // Hw
 * await oracle.close();
 */
export function hessianOracle(model: Model, options: GradientOracleOptions): HessianOracle {
  const memory = exclusive<{ opened: OracleMemory | null }>({ opened: null });
  const { batch, loss } = options;
  return {
    at: (weights, data, examples) => {
      const own = weights.slice();
      return (v) =>
        memory.use(async (lazy) => {
          lazy.opened ??= await openMemory(model, options);
          const { session, inputs, outputs, flat } = lazy.opened;
          flat.parameters.set(own);
          flat.vector.set(v);
          const sum = new Float64Array(v.length);
          for (let from = 0; from < examples.length; from += batch) {
            const part = examples.slice(from, from + batch);
            loadBatch(flat, data, part, loss);
            await session.run(inputs, outputs);
            const share = part.length / examples.length;
            for (let i = 0; i < sum.length; i++) sum[i] += share * flat.product[i];
          }
          return sum;
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
    Record<'parameters' | 'vector' | 'product' | 'x' | 'targets' | 'weights', Float64Array>
  >;
}

async function openMemory(
  model: Model,
  { batch, threads = 1, loss }: GradientOracleOptions,
): Promise<OracleMemory> {
  const [parameters, vector, product] = [0, 1, 2].map(() => new Float64Array(model.parameterCount));
  const examples = batchBuffers(model, batch, loss);
  const named = (prefix: string, flat: Float64Array): [string, TensorBuffer][] =>
    viewsOf(flat, model).map(([name, view]) => [`${prefix}.${name}`, view]);
  const inputs = new Map<string, TensorBuffer>([
    ...viewsOf(parameters, model),
    ...named('vector', vector),
    ...examples.named,
  ]);
  return {
    session: await openSession(hessianGraph(model, batch, { loss }), threads),
    inputs,
    outputs: new Map(named('product', product)),
    flat: { parameters, vector, product, ...examples.flat },
  };
}
