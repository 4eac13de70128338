import { multiply, scale } from '../autodiff/operators/elementwise.ts';
import { batchedProduct, linear, transposeLast } from '../autodiff/operators/matrix-product.ts';
import { reshape, split, transpose } from '../autodiff/operators/rearrangement.ts';
import { softmax } from '../autodiff/operators/softmax.ts';
import { constant, type Tensor } from '../autodiff/tensor.ts';
import type { ForwardContext } from './model.ts';

export interface Attention {
  /** `[batch, tokens, width]`, after the output projection. */
  readonly output: Tensor;
  /** Each row sums to 1: `[batch, heads, tokens, tokens]`. */
  readonly probabilities: Tensor;
  /** What each head adds up, before the output projection: `[batch, tokens, width / heads]` each. */
  readonly headOutputs: readonly Tensor[];
}

/**
 * Multi-head self-attention (Vaswani et al. 2017) as PyTorch's `MultiheadAttention`, whose parameters it takes from `module`.
 *
 * @param x `[batch, tokens, width]`, width a multiple of `heads`.
 * @param dropout share of attention probabilities dropped in training.
 */
export function attention(
  x: Tensor,
  module: string,
  heads: number,
  dropout: number,
  context: ForwardContext,
): Attention {
  const [batch, tokens, width] = x.shape;
  const size = width / heads;
  const { parameter } = context;
  const rows = reshape(x, [batch * tokens, width]);
  const bias = multiply(parameter(`${module}.in_proj_bias`), withoutKeys(width));
  const projected = linear(rows, parameter(`${module}.in_proj_weight`), bias);
  // [batch, tokens, 3, heads, size] → [3, batch, heads, tokens, size]
  const perHead = transpose(reshape(projected, [batch, tokens, 3, heads, size]), [2, 0, 3, 1, 4]);
  const [query, key, value] = split(perHead, [1, 1, 1], 0).map((part) =>
    reshape(part, [batch, heads, tokens, size]),
  );
  const scores = batchedProduct(scale(query, 1 / Math.sqrt(size)), transposeLast(key));
  const probabilities = softmax(scores);
  const mixed = batchedProduct(context.dropout(probabilities, dropout), value);
  const merged = reshape(transpose(mixed, [0, 2, 1, 3]), [batch * tokens, width]);
  const output = linear(merged, parameter(`${module}.out_proj.weight`), parameter(`${module}.out_proj.bias`));
  return {
    output: reshape(output, x.shape),
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
