import { sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import type { Model } from '../models/model.ts';
import { type Loss, losses } from './losses.ts';
import type { TensorBuffer } from './session.ts';

/** Inputs of a training graph, to be filled batch by batch. */
export interface BatchBuffers {
  /** `[batch, ...exampleShape]`. */
  readonly x: Float32Array | Float64Array;
  /** `[batch, ...outputShape]`. */
  readonly targets: Float32Array | Float64Array;
  /** `[batch, ...outputShape]`; empty where the loss does not read it. */
  readonly weights: Float32Array | Float64Array;
}

/** Such inputs in float64 for a network, in memory of their own: the arrays, and the same by name and shape for a session. */
export function batchBuffers(
  { exampleShape, outputShape }: Pick<Model, 'exampleShape' | 'outputShape'>,
  batch: number,
  loss: Pick<Loss, 'takesNumbers'> | undefined,
): {
  readonly flat: Readonly<Record<keyof BatchBuffers, Float64Array>>;
  readonly named: [string, TensorBuffer][];
} {
  const shape = [batch, ...outputShape];
  const flat = {
    x: new Float64Array(batch * sizeOf(exampleShape)),
    targets: new Float64Array(sizeOf(shape)),
    weights: new Float64Array(loss?.takesNumbers ? sizeOf(shape) : 0),
  };
  const named: [string, TensorBuffer][] = [
    ['x', { data: flat.x, shape: [batch, ...exampleShape] }],
    ['targets', { data: flat.targets, shape }],
  ];
  if (loss?.takesNumbers) named.push(['weights', { data: flat.weights, shape }]);
  return { flat, named };
}

/** Puts examples into the first rows. Fewer than there are rows count alone: the mean is over those that are there. */
export function loadBatch(
  { x, targets, weights }: BatchBuffers,
  data: Dataset,
  examples: ArrayLike<number>,
  loss: Pick<Loss, 'target' | 'takesNumbers'> = losses['cross-entropy'],
): void {
  const { inputs, exampleShape } = data;
  const size = sizeOf(exampleShape);
  // A smaller batch leaves old examples in the rows behind it; weights of zero make them count for nothing.
  targets.fill(0);
  weights.fill(0);
  for (let row = 0; row < examples.length; row++) {
    const from = examples[row] * size;
    x.set(inputs.subarray(from, from + size), row * size);
  }
  if (data.targets === undefined) loadClasses({ targets, weights }, data, examples, loss);
  else loadNumbers({ targets, weights }, data, data.targets, examples, loss);
}

function loadClasses(
  { targets, weights }: Pick<BatchBuffers, 'targets' | 'weights'>,
  { labels, classes, labelsPerExample: answers = 1 }: Dataset,
  examples: ArrayLike<number>,
  loss: Pick<Loss, 'target' | 'takesNumbers'>,
): void {
  const count = examples.length * answers;
  const target = loss.target(count);
  for (let answer = 0; answer < count; answer++) {
    const example = examples[Math.floor(answer / answers)];
    targets[answer * classes + labels[example * answers + (answer % answers)]] = target;
  }
  if (loss.takesNumbers) weights.fill(target, 0, count * classes);
}

function loadNumbers(
  { targets, weights }: Pick<BatchBuffers, 'targets' | 'weights'>,
  { classes: outputs, importance }: Dataset,
  wanted: Float32Array,
  examples: ArrayLike<number>,
  loss: Pick<Loss, 'target'>,
): void {
  const target = loss.target(examples.length);
  for (let row = 0; row < examples.length; row++) {
    for (let output = 0; output < outputs; output++) {
      const weight = target * Math.sqrt(importance?.[output] ?? 1);
      weights[row * outputs + output] = weight;
      targets[row * outputs + output] = weight * wanted[examples[row] * outputs + output];
    }
  }
}
