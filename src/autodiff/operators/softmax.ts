import { operation, type Tensor } from '../tensor.ts';
import { sum, sumOver } from './broadcasting.ts';
import { exp, multiply, negate, subtract } from './elementwise.ts';

/** Softmax over the last axis. */
export function softmax(x: Tensor): Tensor {
  const last = x.shape.length - 1;
  const y: Tensor = operation(
    'Softmax',
    [x],
    x.shape,
    (dY) => [multiply(y, subtract(dY, sumOver(multiply(dY, y), [last])))],
    { axis: { int: last } },
  );
  return y;
}

/** Logarithm of the softmax over the last axis. */
export function logSoftmax(x: Tensor): Tensor {
  const last = x.shape.length - 1;
  const y: Tensor = operation(
    'LogSoftmax',
    [x],
    x.shape,
    (dY) => [subtract(dY, multiply(exp(y), sumOver(dY, [last])))],
    { axis: { int: last } },
  );
  return y;
}

/**
 * Cross-entropy −Σ target · log softmax(logits), a scalar.
 *
 * @param logits `[batch, classes]`.
 * @param targets `[batch, classes]`, the weight of each class for each example. With 1/n at the true class of each of n
 * examples and 0 elsewhere this is the mean cross-entropy, and rows of zeros are examples that do not count.
 */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return negate(sum(multiply(targets, logSoftmax(logits))));
}
