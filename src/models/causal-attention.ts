import { reshape } from '../autodiff/operators/broadcasting.ts';
import { add } from '../autodiff/operators/elementwise.ts';
import { embedding } from '../autodiff/operators/embedding.ts';
import { batchedProduct, linear } from '../autodiff/operators/matrix-product.ts';
import { split, transpose } from '../autodiff/operators/rearrangement.ts';
import { rotary } from '../autodiff/operators/rotary.ts';
import { softmax } from '../autodiff/operators/softmax.ts';
import { constant, type Tensor } from '../autodiff/tensor.ts';
import type { Attention } from './attention.ts';
import type { ForwardContext } from './model.ts';

export interface CausalAttentionOptions {
  readonly tokens: number;
  /** A divisor of the width. */
  readonly heads: number;
  readonly positions: 'learned' | 'rotary' | 'relative' | 'none';
  /** Whether a linear layer mixes the heads' outputs; if not, they are laid side by side. */
  readonly outputProjection: boolean;
  readonly bias: boolean;
}

/** What hides a token: exp of it is 0 in either precision. */
const hidden = -1e9;

/**
 * Multi-head self-attention in which a token sees itself and those before it. With relative positions a learned vector
 * for each distance, `relative_keys`, the same for all heads, is added to every key (Shaw, Uszkoreit & Vaswani 2018).
 *
 * @param x `[batch · tokens, width]`.
 */
export function causalAttention(
  x: Tensor,
  module: string,
  { tokens, heads, positions, outputProjection, bias }: CausalAttentionOptions,
  { parameter }: ForwardContext,
): Attention {
  const [rows, width] = x.shape;
  const [batch, size] = [rows / tokens, width / heads];
  const biasOf = (name: string): Tensor | undefined => (bias ? parameter(`${module}.${name}`) : undefined);
  const projected = linear(x, parameter(`${module}.in_proj_weight`), biasOf('in_proj_bias'));
  const perHead = transpose(reshape(projected, [batch, tokens, 3 * heads, size]), [0, 2, 1, 3]);
  const [query, key, value] = split(perHead, [heads, heads, heads], 1);
  const factor = 1 / Math.sqrt(size);
  const isTurned = positions === 'rotary';
  const byContent = batchedProduct(isTurned ? rotary(query) : query, isTurned ? rotary(key) : key, {
    transposeB: true,
    factor,
  });
  const scores =
    positions === 'relative'
      ? add(byContent, scoresByDistance(query, parameter(`${module}.relative_keys`), factor))
      : byContent;
  const probabilities = softmax(add(scores, causalMask(tokens)));
  const mixed = batchedProduct(probabilities, value);
  const merged = reshape(transpose(mixed, [0, 2, 1, 3]), [rows, width]);
  return {
    output: outputProjection
      ? linear(merged, parameter(`${module}.out_proj.weight`), biasOf('out_proj.bias'))
      : merged,
    probabilities,
    headOutputs: split(mixed, Array<number>(heads).fill(1), 1).map((head) =>
      reshape(head, [batch, tokens, size]),
    ),
  };
}

/** q_i · r_(i − j) for every query i and earlier key j: `[batch, heads, tokens, size]` → `[batch, heads, tokens, tokens]`. */
function scoresByDistance(query: Tensor, relativeKeys: Tensor, factor: number): Tensor {
  const [batch, heads, tokens, size] = query.shape;
  const distances = Float64Array.from({ length: tokens * tokens }, (_, place) =>
    Math.max(0, Math.floor(place / tokens) - (place % tokens)),
  );
  // One matrix of keys for each query's position: [tokens, tokens, size].
  const keys = embedding(relativeKeys, constant(distances, [tokens, tokens]));
  const byPosition = reshape(transpose(query, [2, 0, 1, 3]), [tokens, batch * heads, size]);
  const products = batchedProduct(byPosition, keys, { transposeB: true, factor });
  return transpose(reshape(products, [tokens, batch, heads, tokens]), [1, 2, 0, 3]);
}

function causalMask(tokens: number): Tensor {
  const values = Float64Array.from({ length: tokens * tokens }, (_, place) =>
    place % tokens > Math.floor(place / tokens) ? hidden : 0,
  );
  return constant(values, [tokens, tokens]);
}
