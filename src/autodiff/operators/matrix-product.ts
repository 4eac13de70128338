import { float32Operation, neverDifferentiated, operation, type Tensor } from '../tensor.ts';
import { sumTo } from './broadcasting.ts';
import { scale } from './elementwise.ts';
import { transpose } from './rearrangement.ts';

export interface GemmOptions {
  /** Use the transpose of a. */
  readonly transposeA?: boolean;
  /** Use the transpose of b. */
  readonly transposeB?: boolean;
  /** Added to the product, `[columns]` or shaped as the product. */
  readonly bias?: Tensor;
  /** Multiplies the product, not the bias; 1 if absent. */
  readonly factor?: number;
}

/** Product of two matrices, `[n, k] · [k, m] → [n, m]`, either of them transposed, plus a bias row. */
export function gemm(a: Tensor, b: Tensor, options: GemmOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, bias, factor = 1 } = options;
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
        ? gemm(b, dY, { transposeA: transposeB, transposeB: true, factor })
        : gemm(dY, b, { transposeB: !transposeB, factor }),
      transposeB
        ? gemm(dY, a, { transposeA: true, transposeB: transposeA, factor })
        : gemm(a, dY, { transposeA: !transposeA, factor }),
      bias === undefined ? null : sumTo(dY, bias.shape),
    ],
    { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) }, alpha: { float: factor } },
  );
}

/** x·Wᵀ + b as a linear layer computes it: x `[rows, in]`, weight `[out, in]`, bias `[out]`. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return gemm(x, weight, { transposeB: true, bias });
}

export interface BatchedProductOptions {
  /** Use the transposes of the matrices of a. */
  readonly transposeA?: boolean;
  /** Use the transposes of the matrices of b. */
  readonly transposeB?: boolean;
  /** Multiplies the product; 1 if absent. */
  readonly factor?: number;
}

/** Product of stacks of matrices, `[..., n, k] · [..., k, m] → [..., n, m]`; the leading axes must be equal. */
export function batchedProduct(a: Tensor, b: Tensor, options: BatchedProductOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, factor = 1 } = options;
  const rank = a.shape.length;
  const leading = a.shape.slice(0, -2);
  const [rows, innerA] = lastTwo(a, transposeA);
  const [innerB, columns] = lastTwo(b, transposeB);
  const stacked = b.shape.length === rank && leading.every((extent, axis) => extent === b.shape[axis]);
  if (!stacked || rank < 3 || innerA !== innerB) {
    throw new RangeError(
      `no stacked product of [${a.shape}] and [${b.shape}] (${transposeA}, ${transposeB})`,
    );
  }
  // Matrices of some tokens by some features are small: to transpose them would take as long as to multiply them.
  return float32Operation(
    'FusedMatMul',
    [a, b],
    [...leading, rows, columns],
    (dY) => [
      transposeA
        ? batchedProduct(b, dY, { transposeA: transposeB, transposeB: true, factor })
        : batchedProduct(dY, b, { transposeB: !transposeB, factor }),
      transposeB
        ? batchedProduct(dY, a, { transposeA: true, transposeB: transposeA, factor })
        : batchedProduct(a, dY, { transposeA: !transposeA, factor }),
    ],
    { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) }, alpha: { float: factor } },
    ([a, b]) => {
      const factors = [transposeA ? transposeLast(a) : a, transposeB ? transposeLast(b) : b];
      return scale(operation('MatMul', factors, [...leading, rows, columns], neverDifferentiated), factor);
    },
  );
}

function lastTwo({ shape }: Tensor, transposed: boolean): readonly number[] {
  return transposed ? [shape[shape.length - 1], shape[shape.length - 2]] : shape.slice(-2);
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
