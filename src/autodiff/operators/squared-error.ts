import type { Tensor } from '../tensor.ts';
import { sum } from './broadcasting.ts';
import { multiply, scale, subtract } from './elementwise.ts';

/**
 * Σ weights² · (output − target)², a scalar: weighted squared errors.
 *
 * @param outputs `[batch, outputs]`.
 * @param targets `[batch, outputs]`, each already multiplied by its weight.
 * @param weights `[batch, outputs]`: √(1/n) for each of the n examples that count gives their mean, and 0 leaves a row out.
 */
export function squaredError(outputs: Tensor, targets: Tensor, weights: Tensor): Tensor {
  const difference = subtract(multiply(outputs, weights), targets);
  return sum(multiply(difference, difference));
}

/** The same divided by the number of outputs: with weights of √(1/n) the mean over examples and outputs. */
export function meanSquaredError(outputs: Tensor, targets: Tensor, weights: Tensor): Tensor {
  return scale(squaredError(outputs, targets, weights), 1 / outputs.shape[1]);
}

/** Half of the squared error: with weights of √(1/n) half the squared distance between outputs and targets, in the mean over examples. */
export function halfSquaredError(outputs: Tensor, targets: Tensor, weights: Tensor): Tensor {
  return scale(squaredError(outputs, targets, weights), 1 / 2);
}
