import { layerNorm } from '../autodiff/operators/layer-norm.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import type { ForwardContext, Parameter } from './model.ts';

/** Weight 1 and bias 0 of PyTorch's `LayerNorm` under a name. */
export function normParameters(name: string, width: number): Parameter[] {
  return [
    { name: `${name}.weight`, shape: [width], initial: { kind: 'constant', value: 1 } },
    { name: `${name}.bias`, shape: [width], initial: { kind: 'constant', value: 0 } },
  ];
}

/** A `LayerNorm` module applied to rows. */
export function normalized(x: Tensor, module: string, { parameter }: ForwardContext): Tensor {
  return layerNorm(x, parameter(`${module}.weight`), parameter(`${module}.bias`));
}
