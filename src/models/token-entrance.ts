import { reshape } from '../autodiff/operators/broadcasting.ts';
import { embedding } from '../autodiff/operators/embedding.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import type { LayerKind } from './layer.ts';
import { linearParameters } from './linear-module.ts';
import type { ForwardContext, Parameter } from './model.ts';
import { moduleLinear } from './token-layers.ts';

/** How an example becomes tokens. */
export interface TokenEntrance {
  readonly name: string;
  readonly kind: LayerKind;
  readonly tokens: number;
  readonly parameters: readonly Parameter[];
  /** `[batch, ...exampleShape]` → `[batch, tokens, width]`. */
  enter(x: Tensor, context: ForwardContext): Tensor;
}

/** Tokens that the published study aimed at. */
const wantedTokens = 16;

/** Equal pieces of the example, each through the Linear `input_proj`. */
export function projectedPieces(inputs: number, width: number): TokenEntrance {
  const tokens = tokenCount(inputs);
  const size = inputs / tokens;
  const name = 'input_proj';
  return {
    name,
    kind: 'input-projection',
    tokens,
    parameters: linearParameters({ name, inputs: size, outputs: width }),
    enter: (x, context) => {
      const pieces = reshape(x, [x.shape[0] * tokens, size]);
      return reshape(moduleLinear(pieces, name, context), [x.shape[0], tokens, width]);
    },
  };
}

/** Words by their ids, each looked up in PyTorch's Embedding `embedding`. */
export function wordVectors(inputs: number, width: number, vocabulary: number): TokenEntrance {
  const name = 'embedding';
  const weight = `${name}.weight`;
  return {
    name,
    kind: 'embedding',
    tokens: inputs,
    parameters: [{ name: weight, shape: [vocabulary, width], initial: { kind: 'normal' } }],
    enter: (x, { parameter }) => embedding(parameter(weight), reshape(x, [x.shape[0], inputs])),
  };
}

/** The divisor of the input size nearest to 16, the smaller of two equally near. */
export function tokenCount(inputs: number): number {
  let nearest = 1;
  for (let divisor = 2; divisor <= inputs; divisor++) {
    const isNearer = Math.abs(divisor - wantedTokens) < Math.abs(nearest - wantedTokens);
    if (inputs % divisor === 0 && isNearer) nearest = divisor;
  }
  return nearest;
}
