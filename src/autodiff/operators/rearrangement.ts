import { constant, indices, operation, operations, type Tensor } from '../tensor.ts';
import { expand } from './broadcasting.ts';

/** Axes in another order: axis i of the result is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  const inverse = order.map((_, axis) => order.indexOf(axis));
  const shape = order.map((axis) => x.shape[axis]);
  return operation('Transpose', [x], shape, (dY) => [transpose(dY, inverse)], { perm: { ints: order } });
}

/** Tensors one after another along an axis. */
export function concatenate(parts: readonly Tensor[], axis: number): Tensor {
  if (parts.length === 0) throw new RangeError('no parts to concatenate');
  const sizes = parts.map((part) => part.shape[axis]);
  const total = sizes.reduce((a, b) => a + b, 0);
  const shape = parts[0].shape.map((extent, i) => (i === axis ? total : extent));
  return operation('Concat', parts, shape, (dY) => split(dY, sizes, axis), { axis: { int: axis } });
}

/** Cuts x along an axis into parts of the given sizes. */
export function split(x: Tensor, sizes: readonly number[], axis: number): readonly Tensor[] {
  const shapes = sizes.map((size) => x.shape.map((extent, i) => (i === axis ? size : extent)));
  return operations(
    'Split',
    [x, indices(sizes, [sizes.length])],
    shapes,
    (gradients) => [
      concatenate(
        gradients.map((dY, i) => dY ?? expand(constant(0), shapes[i])),
        axis,
      ),
      null,
    ],
    { axis: { int: axis } },
  );
}
