import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';

/** A buffer handed to the runtime or filled by it, in place: nothing is copied. */
export interface TensorBuffer {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

export type TensorBuffers = ReadonlyMap<string, TensorBuffer>;

/** A graph loaded into ONNX Runtime. */
export interface Session {
  /**
   * Computes the outputs from the inputs: in this thread, blocking its event loop, unless opened on another.
   * @param inputs every input of the graph by name.
   * @param outputs buffers of the outputs' exact size, which are overwritten.
   */
  run(inputs: TensorBuffers, outputs: TensorBuffers): Promise<void>;
  close(): Promise<void>;
}

/**
 * Loads an ONNX model for the processor.
 *
 * @param model bytes of a `ModelProto`.
 * @param threads threads inside one operator. Results repeat bit for bit at a fixed number, not between numbers.
 */
export async function openSession(model: Uint8Array, threads = 1): Promise<Session> {
  const session = await InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Fusing operators gains nothing measurable on these graphs, and fused layer norm is five times slower than its parts.
    graphOptimizationLevel: 'basic',
    // A thread that waits for work by spinning takes the core from whoever else measures or trains there.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  });
  // Wrapping a buffer costs more than a small layer takes to compute, and the same buffers come every step.
  const wrapped = new WeakMap<TensorBuffers, Record<string, RuntimeTensor>>();
  const wrap = (buffers: TensorBuffers): Record<string, RuntimeTensor> => {
    let tensors = wrapped.get(buffers);
    if (tensors === undefined) {
      tensors = Object.fromEntries([...buffers].map(([name, buffer]) => [name, toRuntimeTensor(buffer)]));
      wrapped.set(buffers, tensors);
    }
    return tensors;
  };
  return {
    run: async (inputs, outputs) => {
      await session.run(wrap(inputs), wrap(outputs));
    },
    close: () => session.release(),
  };
}

function toRuntimeTensor({ data, shape }: TensorBuffer): RuntimeTensor {
  return data instanceof Float32Array
    ? new RuntimeTensor('float32', data, shape)
    : new RuntimeTensor('float64', data, shape);
}
