import { reshape } from '../autodiff/operators/broadcasting.ts';
import { multiply } from '../autodiff/operators/elementwise.ts';
import { batchedProduct, linear } from '../autodiff/operators/matrix-product.ts';
import { split, transpose } from '../autodiff/operators/rearrangement.ts';
import { softmax } from '../autodiff/operators/softmax.ts';
import { constant, type Tensor } from '../autodiff/tensor.ts';
import type { ForwardContext } from './model.ts';

export interface AttentionSizes {
  readonly tokens: number;
  /** A divisor of the width. */
  readonly heads: number;
  /** Share of attention probabilities dropped in training. */
  readonly dropout: number;
}

export interface Attention {
  /** `[batch · tokens, width]`, after the output projection. */
  readonly output: Tensor;
  /** Each row sums to 1: `[batch, heads, tokens, tokens]`. */
  readonly probabilities: Tensor;
  /** What each head adds up, before the output projection: `[batch, tokens, width / heads]` each. */
  readonly headOutputs: readonly Tensor[];
}

/**
 * Multi-head self-attention (Vaswani et al. 2017) as PyTorch's `MultiheadAttention`, whose parameters it takes from `module`.
 *
 * @param x `[batch · tokens, width]`.
 */
export function attention(
  x: Tensor,
  module: string,
  { tokens, heads, dropout }: AttentionSizes,
  context: ForwardContext,
): Attention {
  const [rows, width] = x.shape;
  const [batch, size] = [rows / tokens, width / heads];
  const { parameter } = context;
  const bias = multiply(parameter(`${module}.in_proj_bias`), withoutKeys(width));
  const projected = linear(x, parameter(`${module}.in_proj_weight`), bias);
  // Moved as one tensor and cut afterwards: rows of `size` move once, and every part is then a piece of memory per example.
  const perHead = transpose(reshape(projected, [batch, tokens, 3 * heads, size]), [0, 2, 1, 3]);
  const [query, key, value] = split(perHead, [heads, heads, heads], 1);
  const scores = batchedProduct(query, key, { transposeB: true, factor: 1 / Math.sqrt(size) });
  const probabilities = softmax(scores);
  const mixed = batchedProduct(context.dropout(probabilities, dropout), value);
  const sideBySide = transpose(mixed, [0, 2, 1, 3]);
  const place = { name: module, kind: 'heads', parts: heads } as const;
  const replaced = context.intercept?.(place, reshape(sideBySide, [batch, tokens, width]));
  const merged = reshape(replaced ?? sideBySide, [rows, width]);
  return {
    output: linear(merged, parameter(`${module}.out_proj.weight`), parameter(`${module}.out_proj.bias`)),
    probabilities,
    // Built every time, encoded only if measured.
    headOutputs: split(mixed, Array(heads).fill(1), 1).map((head) => reshape(head, [batch, tokens, size])),
  };
}

/**
 * A key bias adds the same to all scores of a query, which softmax ignores: its gradient is 0. Left in the graph, rounding
 * would make that 1e-9, and Adam steps as long as any other of it.
 */
function withoutKeys(width: number): Tensor {
  const mask = new Float64Array(3 * width).fill(1).fill(0, width, 2 * width);
  return constant(mask, [3 * width]);
}
