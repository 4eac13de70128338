import type { Tensor as RuntimeTensor } from 'onnxruntime-common';
import { InferenceSession, Tensor } from './session-runtime.ts';

/** A tensor that goes into a model or comes out of it. */
export interface ModelTensor {
  readonly type: RuntimeTensor.Type;
  readonly data: RuntimeTensor.DataType;
  readonly shape: readonly number[];
}

export type Optimization = 'disabled' | 'basic' | 'extended' | 'all';

/** Somebody's ONNX model, loaded. */
export interface ModelSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Computes the outputs asked for. A feed that is no input of the model is refused: the runtime would drop it unsaid. */
  run(
    inputs: ReadonlyMap<string, ModelTensor>,
    outputs: readonly string[],
  ): Promise<Map<string, ModelTensor>>;
  close(): Promise<void>;
}

/**
 * Loads a model for the processor.
 *
 * @param model the bytes of a `ModelProto` that holds all of its data.
 * @param optimization of the graph; every level above `disabled` may change bits when outputs are added.
 * @throws Error as ONNX Runtime says it.
 */
export async function openModel(
  model: Uint8Array,
  { optimization, threads }: { readonly optimization: Optimization; readonly threads: number },
): Promise<ModelSession> {
  const session = await InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: optimization,
    logSeverityLevel: 3,
  });
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (inputs, outputs) => {
      const feeds: Record<string, RuntimeTensor> = {};
      for (const [name, { type, data, shape }] of inputs) {
        if (!session.inputNames.includes(name)) throw new RangeError(`${name} is no input of the model`);
        feeds[name] = new Tensor(type, data as never, shape);
      }
      const found = await session.run(feeds, [...outputs]);
      return new Map(
        outputs.map((name) => {
          const { type, data, dims } = found[name] as RuntimeTensor;
          return [name, { type, data, shape: dims }];
        }),
      );
    },
    close: () => session.release(),
  };
}
