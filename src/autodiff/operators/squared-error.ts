import type { Tensor } from '../tensor.ts';
import { sum, sumOver } from './broadcasting.ts';
import { multiply, scale, subtract } from './elementwise.ts';

/**
 * Mean squared error over examples and classes, a scalar.
 *
 * @param outputs `[batch, classes]`.
 * @param targets `[batch, classes]`: √(1/n) at the class of each of the n examples that count, and 0 elsewhere. A row's sum is
 *   then what its outputs are scaled by, and rows of zeros are examples that do not count.
 */
export function squaredError(outputs: Tensor, targets: Tensor): Tensor {
  const weight = sumOver(targets, [1]);
  const difference = subtract(multiply(outputs, weight), targets);
  return scale(sum(multiply(difference, difference)), 1 / outputs.shape[1]);
}
