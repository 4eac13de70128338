import { operation, type Tensor } from '../tensor.ts';
import { expand, reducedShapes, reshape } from './broadcasting.ts';
import { scale } from './elementwise.ts';

/** Mean over the given axes, which stay with extent 1 unless `keep` is false. */
export function meanOver(x: Tensor, axes: readonly number[], keep = true): Tensor {
  const { kept, shape } = reducedShapes(x.shape, axes, keep);
  const share = 1 / axes.reduce((count, axis) => count * x.shape[axis], 1);
  return operation('ReduceMean', [x], shape, (dY) => [expand(scale(reshape(dY, kept), share), x.shape)], {
    axes: { ints: axes },
    keepdims: { int: Number(keep) },
  });
}
