import { sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import { type Loss, losses } from './losses.ts';

/** Inputs of a training graph, to be filled batch by batch. */
export interface BatchBuffers {
  /** `[batch, ...exampleShape]`. */
  readonly x: Float32Array | Float64Array;
  /** `[batch, classes]`. */
  readonly targets: Float32Array | Float64Array;
}

/** Puts examples into the first rows. Fewer than there are rows count alone: the mean is over those that are there. */
export function loadBatch(
  { x, targets }: BatchBuffers,
  { inputs, labels, exampleShape, classes }: Dataset,
  examples: ArrayLike<number>,
  loss: Pick<Loss, 'target'> = losses['cross-entropy'],
): void {
  const size = sizeOf(exampleShape);
  // A smaller batch leaves old examples in the rows behind it; a target of zeros makes them count for nothing.
  targets.fill(0);
  const target = loss.target(examples.length);
  for (let row = 0; row < examples.length; row++) {
    const from = examples[row] * size;
    x.set(inputs.subarray(from, from + size), row * size);
    targets[row * classes + labels[examples[row]]] = target;
  }
}
