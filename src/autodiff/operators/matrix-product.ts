import { operation, type Tensor } from '../tensor.ts';
import { transpose } from './rearrangement.ts';
import { sumTo } from './reductions.ts';

export interface GemmOptions {
  /** Use the transpose of a. */
  readonly transposeA?: boolean;
  /** Use the transpose of b. */
  readonly transposeB?: boolean;
  /** Added to the product, shape `[columns]`. */
  readonly bias?: Tensor;
}

/** Product of two matrices, `[n, k] · [k, m] → [n, m]`, either of them transposed, plus a bias row. */
export function gemm(a: Tensor, b: Tensor, options: GemmOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, bias } = options;
  const [rows, innerA] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const [innerB, columns] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
  if (a.shape.length !== 2 || b.shape.length !== 2 || innerA !== innerB) {
    throw new RangeError(`no product of [${a.shape}] and [${b.shape}] (${transposeA}, ${transposeB})`);
  }
  return operation(
    'Gemm',
    bias === undefined ? [a, b] : [a, b, bias],
    [rows, columns],
    (dY) => [
      transposeA
        ? gemm(b, dY, { transposeA: transposeB, transposeB: true })
        : gemm(dY, b, { transposeB: !transposeB }),
      transposeB
        ? gemm(dY, a, { transposeA: true, transposeB: transposeA })
        : gemm(a, dY, { transposeA: !transposeA }),
      bias === undefined ? null : sumTo(dY, bias.shape),
    ],
    { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } },
  );
}

/** x·Wᵀ + b as a linear layer computes it: x `[rows, in]`, weight `[out, in]`, bias `[out]`. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return gemm(x, weight, { transposeB: true, bias });
}

/** Product of stacks of matrices, `[..., n, k] · [..., k, m] → [..., n, m]`; the leading axes must be equal. */
export function batchedProduct(a: Tensor, b: Tensor): Tensor {
  const rank = a.shape.length;
  const leading = a.shape.slice(0, -2);
  if (b.shape.length !== rank || rank < 3 || leading.some((extent, axis) => extent !== b.shape[axis])) {
    throw new RangeError(`no stacked product of [${a.shape}] and [${b.shape}]`);
  }
  const shape = [...leading, a.shape[rank - 2], b.shape[rank - 1]];
  return operation('MatMul', [a, b], shape, (dY) => [
    batchedProduct(dY, transposeLast(b)),
    batchedProduct(transposeLast(a), dY),
  ]);
}

/**
 * The same combinations of positions for every channel: x `[channels, positions, batch]`, mixing `[rows, positions]`, a
 * constant → `[channels, rows, batch]`.
 */
export function mixPositions(x: Tensor, mixing: Tensor): Tensor {
  const [channels, , batch] = x.shape;
  return operation('MatMul', [mixing, x], [channels, mixing.shape[0], batch], (dY) => [
    null,
    mixPositions(dY, transpose(mixing, [1, 0])),
  ]);
}

/** The last two axes exchanged. */
export function transposeLast(x: Tensor): Tensor {
  const rank = x.shape.length;
  return transpose(x, [...Array(rank - 2).keys(), rank - 1, rank - 2]);
}
