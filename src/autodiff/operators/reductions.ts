import { indices, operation, sameShape, type Tensor } from '../tensor.ts';
import { scale } from './elementwise.ts';
import { expand, reshape } from './rearrangement.ts';

/** Sum over the given axes, which stay with extent 1 unless `keep` is false. */
export function sumOver(x: Tensor, axes: readonly number[], keep = true): Tensor {
  const { kept, shape } = reducedShapes(x.shape, axes, keep);
  const inputs = [x, indices(axes, [axes.length])];
  return operation('ReduceSum', inputs, shape, (dY) => [expand(reshape(dY, kept), x.shape), null], {
    keepdims: { int: Number(keep) },
  });
}

/** Mean over the given axes, which stay with extent 1 unless `keep` is false. */
export function meanOver(x: Tensor, axes: readonly number[], keep = true): Tensor {
  const { kept, shape } = reducedShapes(x.shape, axes, keep);
  const share = 1 / axes.reduce((count, axis) => count * x.shape[axis], 1);
  return operation('ReduceMean', [x], shape, (dY) => [expand(scale(reshape(dY, kept), share), x.shape)], {
    axes: { ints: axes },
    keepdims: { int: Number(keep) },
  });
}

function reducedShapes(shape: readonly number[], axes: readonly number[], keep: boolean) {
  const kept = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return { kept, shape: keep ? kept : shape.filter((_, axis) => !axes.includes(axis)) };
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
