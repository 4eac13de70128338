import { linear } from '../autodiff/operators/matrix-product.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import type { LayerKind, ModelLayer } from './layer.ts';
import type { ForwardContext } from './model.ts';
import { nonlinearities } from './nonlinearity.ts';

/** A Linear module applied to rows `[batch · tokens, features]`. */
export function moduleLinear(x: Tensor, module: string, { parameter }: ForwardContext): Tensor {
  return linear(x, parameter(`${module}.weight`), parameter(`${module}.bias`));
}

/** A layer with an output at every token. */
export function tokenLayer(
  name: string,
  kind: LayerKind,
  depth: number,
  tokens: number,
  features: number,
): ModelLayer {
  return {
    name,
    kind,
    depth,
    outputShape: [tokens, features],
    nonlinearity: kind === 'feed-forward-in' ? nonlinearities.relu : null,
    // PyTorch's attention never calls its output projection as a module, so the published hooks missed it.
    standard: kind !== 'attention-head' && kind !== 'attention-output',
    publishedPooling: 'feature-mean',
    features: tokens,
    pooling: 'batch × token means',
  };
}
