import { reshape } from '../autodiff/operators/broadcasting.ts';
import { meanOver } from '../autodiff/operators/mean.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import type { Pooling } from './layer.ts';

/** A layer's output `[batch, positions, features]` (or `[batch, units]`, left alone) as `pooling` says. */
export function poolOutput(output: Tensor, pooling: Pooling): Tensor {
  if (output.shape.length < 3) return output;
  const [batch, positions, features] = output.shape;
  switch (pooling) {
    case 'position-mean':
      return meanOver(output, [1], false);
    case 'feature-mean':
      return meanOver(output, [2], false);
    case 'positions-as-rows':
      return reshape(output, [batch * positions, features]);
    case 'none':
      return output;
  }
}
