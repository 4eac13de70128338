import { operation, type Tensor } from '../tensor.ts';
import { isPositive, multiply } from './elementwise.ts';
import { scaleProduct } from './product-epilogue.ts';

/**
 * Dropout (Srivastava et al. 2014) with a mask drawn elsewhere: x · mask.
 *
 * @param mask shaped as x, of 0 and `keptValue` only; no gradient flows to it.
 * @param keptValue what elements that stay are multiplied by, 1 / (1 − rate).
 */
export function dropout(x: Tensor, mask: Tensor, keptValue: number): Tensor {
  const { source } = x;
  if (source.kind === 'node' && source.operator === 'Relu') {
    return reluDropout(source.inputs[0], mask, keptValue);
  }
  return operation('Mul', [x, mask], x.shape, (dY) => [multiply(dY, mask), null]);
}

/**
 * Dropout of a ReLU. Where the result is positive, x was and the element stayed, so the gradient there is dY · keptValue and
 * elsewhere 0: one factor stands for the ReLU's gradient and the mask, and the mask is not read again.
 */
function reluDropout(x: Tensor, mask: Tensor, keptValue: number): Tensor {
  const activated = operation('Relu', [x], x.shape, (dX) => [dX]);
  const y: Tensor = operation('Mul', [activated, mask], x.shape, (dY) => [
    multiply(scaleProduct(dY, keptValue), isPositive(y)),
    null,
  ]);
  return y;
}
