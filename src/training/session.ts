import type { Tensor as RuntimeTensor } from 'onnxruntime-common';
import { exclusive } from './exclusive.ts';
import { InferenceSession, Tensor } from './session-runtime.ts';

/** A buffer handed to the runtime or filled by it, in place: nothing is copied. */
export interface TensorBuffer {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

export type TensorBuffers = ReadonlyMap<string, TensorBuffer>;

/** A graph loaded into ONNX Runtime. Runs asked for while another is under way come after it. */
export interface Session {
  /**
   * Computes the outputs from the inputs: in this thread, blocking its event loop, unless opened on another.
   *
   * The buffers are lent until the promise settles: inputs are read, and outputs filled, at any time before. Whoever
   * uses buffers again and again keeps them in an `exclusive`.
   *
   * @param inputs every input of the graph by name.
   * @param outputs buffers of the outputs' exact size, which are overwritten.
   * @throws Error after `close`.
   */
  run(inputs: TensorBuffers, outputs: TensorBuffers): Promise<void>;
  /** Frees the session once the runs asked for have ended. */
  close(): Promise<void>;
}

/**
 * Loads an ONNX model for the processor.
 *
 * @param model bytes of a `ModelProto`.
 * @param threads threads inside one operator. Results repeat bit for bit at a fixed number, not between numbers.
 */
export async function openSession(model: Uint8Array, threads = 1): Promise<Session> {
  const created = await InferenceSession.create(model, {
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
  const session = exclusive(created);
  return {
    run: (inputs, outputs) =>
      session.use(async (owned) => {
        await owned.run(wrap(inputs), wrap(outputs));
      }),
    close: () => session.close((owned) => owned.release()),
  };
}

function toRuntimeTensor({ data, shape }: TensorBuffer): RuntimeTensor {
  return data instanceof Float32Array
    ? new Tensor('float32', data, shape)
    : new Tensor('float64', data, shape);
}
