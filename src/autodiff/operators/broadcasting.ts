import { indices, operation, sameShape, sizeOf, type Tensor } from '../tensor.ts';

/** Stretching and summing, each the gradient of the other: they share a file, since neither can be stated without the other. */

/** The same elements in the same order under another shape. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  if (sizeOf(x.shape) !== sizeOf(shape))
    throw new RangeError(`[${x.shape}] cannot be reshaped to [${shape}]`);
  if (sameShape(x.shape, shape)) return x;
  return operation('Reshape', [x, indices(shape, [shape.length])], shape, (dY) => [
    reshape(dY, x.shape),
    null,
  ]);
}

/** x repeated along axes of extent 1 (or added in front) until it has the given shape. */
export function expand(x: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(x.shape, shape)) return x;
  return operation('Expand', [x, indices(shape, [shape.length])], shape, (dY) => [sumTo(dY, x.shape), null]);
}

/** Sum over the given axes, which stay with extent 1 unless `keep` is false. */
export function sumOver(x: Tensor, axes: readonly number[], keep = true): Tensor {
  const { kept, shape } = reducedShapes(x.shape, axes, keep);
  const inputs = [x, indices(axes, [axes.length])];
  return operation('ReduceSum', inputs, shape, (dY) => [expand(reshape(dY, kept), x.shape), null], {
    keepdims: { int: Number(keep) },
  });
}

/** Sum of all elements, a scalar. */
export function sum(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return axes.length === 0 ? x : sumOver(x, axes, false);
}

/** Undoes broadcasting in a gradient: sums x over the axes that were stretched from `shape`. */
export function sumTo(x: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const added = Array.from({ length: x.shape.length - shape.length }, (_, axis) => axis);
  const inner = added.length === 0 ? x : sumOver(x, added, false);
  const stretched = shape.flatMap((extent, axis) => (extent === 1 && inner.shape[axis] !== 1 ? [axis] : []));
  return stretched.length === 0 ? inner : sumOver(inner, stretched);
}

/** The shape after a reduction, with the reduced axes kept at extent 1 and as it was asked for. */
export function reducedShapes(shape: readonly number[], axes: readonly number[], keep: boolean) {
  const kept = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return { kept, shape: keep ? kept : shape.filter((_, axis) => !axes.includes(axis)) };
}
