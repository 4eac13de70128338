import type { NamedTensor } from '../autodiff/optimizers/flat-tensors.ts';
import { sizeOf } from '../autodiff/tensor.ts';
import { openSession, type Session, type TensorBuffers } from './session.ts';
import { openSessionOnThread } from './session-pool.ts';
import type { TrainingGraph } from './training-graph.ts';
import type { NamedTensors } from './training-state.ts';

/** What a step reads and writes, for a whole batch. */
export interface BatchMemory {
  readonly parameters: NamedTensors;
  /** `[batch, ...exampleShape]`. */
  readonly x: NamedTensor;
  /** `[batch, ...outputShape]`. */
  readonly targets: NamedTensor;
  /** `[batch, ...outputShape]`; null where the loss does not read it. */
  readonly weights: NamedTensor | null;
  /** Under the names of `TrainingGraph.dropoutMasks`; the first axis of each counts examples, or their positions. */
  readonly masks: NamedTensors;
  /** `[batch, ...outputShape]`. */
  readonly logits: NamedTensor;
}

/** Some neighboring rows of a batch. */
export interface BatchRows {
  readonly first: number;
  readonly rows: number;
}

/** Some neighboring rows of a batch, with a graph and a session for them. */
export interface BatchPart {
  /** Goes forward and backward over the rows. */
  run(): Promise<void>;
  /** Of these rows; the parts' losses add up to that of the batch. */
  readonly loss: Float32Array;
  close(): Promise<void>;
}

/**
 * Prepares the rows from `first` on: inputs and logits are their part of the batch's memory, without a copy.
 *
 * @param part which rows, and the training graph for so many.
 * @param gradients where this part's gradients go; the parts' sum is that of the batch.
 * @param onThread whether to compute on a thread of its own.
 */
export async function openBatchPart(
  memory: BatchMemory,
  { first, rows, graph }: BatchRows & { readonly graph: TrainingGraph },
  gradients: NamedTensors,
  onThread: boolean,
): Promise<BatchPart> {
  const batch = memory.x.shape[0];
  const part = (whole: NamedTensor): NamedTensor => {
    const size = sizeOf(whole.shape) / batch;
    const [extent, ...rest] = whole.shape;
    return {
      data: whole.data.subarray(first * size, (first + rows) * size),
      shape: [(extent / batch) * rows, ...rest],
    };
  };
  const loss = new Float32Array(1);
  const inputs: TensorBuffers = new Map([
    ...memory.parameters,
    ['x', part(memory.x)],
    ['targets', part(memory.targets)],
    ...(memory.weights === null ? [] : [['weights', part(memory.weights)] as const]),
    ...[...memory.masks].map(([name, mask]) => [name, part(mask)] as const),
  ]);
  const outputs: TensorBuffers = new Map([
    ...[...gradients].map(([name, view]) => [`gradient.${name}`, view] as const),
    ['loss', { data: loss, shape: [] }],
    ['logits', part(memory.logits)],
  ]);
  const session: Session = onThread
    ? await openSessionOnThread(graph.bytes, shapesOf(inputs), shapesOf(outputs))
    : await openSession(graph.bytes);
  return { run: () => session.run(inputs, outputs), loss, close: () => session.close() };
}

/** Divides a batch into parts that differ by one row at most. */
export function divideRows(batch: number, parts: number): BatchRows[] {
  const count = Math.min(batch, parts);
  const bound = (part: number): number => Math.ceil((part * batch) / count);
  return Array.from({ length: count }, (_, part) => ({
    first: bound(part),
    rows: bound(part + 1) - bound(part),
  }));
}

function shapesOf(buffers: TensorBuffers): Map<string, readonly number[]> {
  return new Map([...buffers].map(([name, { shape }]) => [name, shape]));
}
