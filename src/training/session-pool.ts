import { Worker } from 'node:worker_threads';
import { sizeOf } from '../autodiff/tensor.ts';
import { exclusive } from './exclusive.ts';
import type { Session } from './session.ts';

/** The compiled worker; from the TypeScript sources (tests) the one in `dist` is used. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/training/session-worker.js' : './session-worker.js',
  import.meta.url,
);

/** A tensor of a graph and where it lies, in elements, in the memory that both threads see. */
export interface SharedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
}

export interface SessionWorkerData {
  readonly model: Uint8Array;
  readonly memory: SharedArrayBuffer;
  readonly inputs: readonly SharedTensor[];
  readonly outputs: readonly SharedTensor[];
}

/**
 * Loads an ONNX model on a thread of its own, where it computes while the calling thread does something else. Inputs
 * and outputs cross by shared memory: ONNX Runtime's binding takes no tensor that lies there, so both sides copy.
 *
 * @param model bytes of a `ModelProto`, float32.
 * @param inputs the shape of every input by name.
 * @param outputs the shape of every output by name.
 * @returns a session whose `run` is sent off before any computation that this thread is asked for in the same breath.
 */
export async function openSessionOnThread(
  model: Uint8Array,
  inputs: ReadonlyMap<string, readonly number[]>,
  outputs: ReadonlyMap<string, readonly number[]>,
): Promise<Session> {
  let length = 0;
  const place = (shapes: ReadonlyMap<string, readonly number[]>): SharedTensor[] =>
    [...shapes].map(([name, shape]) => {
      const offset = length;
      length += sizeOf(shape);
      return { name, shape, offset };
    });
  const placed = { inputs: place(inputs), outputs: place(outputs) };
  const memory = new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT);
  const worker = new Worker(workerFile, {
    workerData: { model, memory, ...placed } satisfies SessionWorkerData,
  });
  let waiting: { resolve: () => void; reject: (error: Error) => void } | null = null;
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    waiting?.reject(error);
    waiting = null;
  };
  worker.on('message', () => {
    waiting?.resolve();
    waiting = null;
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a computing thread ended with code ${code}`)));
  const answered = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure !== null) reject(failure);
      else waiting = { resolve, reject };
    });
  await answered();
  // One run at a time: the memory holds one set of inputs and outputs, and one answer is waited for.
  const thread = exclusive(new Float32Array(memory));
  return {
    run: (given, filled) =>
      thread.use(async (shared) => {
        for (const { name, offset } of placed.inputs) shared.set(given.get(name)!.data, offset);
        worker.postMessage(null);
        await answered();
        for (const { name, shape, offset } of placed.outputs) {
          filled.get(name)!.data.set(shared.subarray(offset, offset + sizeOf(shape)));
        }
      }),
    close: () =>
      thread.close(async () => {
        await worker.terminate();
      }),
  };
}
