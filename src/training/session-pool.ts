import { sizeOf } from '../autodiff/tensor.ts';
import { startWorker, workerFile } from '../threads/worker-thread.ts';
import { exclusive } from './exclusive.ts';
import type { Session } from './session.ts';

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

/** Whether the graph is loaded; or to run it. */
export type SessionQuestion = 'ready' | 'run';

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
  const worker = startWorker<SessionQuestion, null>(
    workerFile(import.meta.url, 'session-worker'),
    'a computing thread',
    { model, memory, ...placed } satisfies SessionWorkerData,
  );
  await worker.ask('ready');
  // One run at a time: the memory holds one set of inputs and outputs, and one answer is waited for.
  const thread = exclusive(new Float32Array(memory));
  return {
    run: (given, filled) =>
      thread.use(async (shared) => {
        for (const { name, offset } of placed.inputs) shared.set(given.get(name)!.data, offset);
        await worker.ask('run');
        for (const { name, shape, offset } of placed.outputs) {
          filled.get(name)!.data.set(shared.subarray(offset, offset + sizeOf(shape)));
        }
      }),
    close: () => thread.close(worker.close),
  };
}
