import { describe, it } from 'vitest';
import { relu } from '../../../src/autodiff/operators/elementwise.ts';
import { batchedProduct, gemm, linear } from '../../../src/autodiff/operators/matrix-product.ts';
import { addToProduct, scaleProduct } from '../../../src/autodiff/operators/product-epilogue.ts';
import type { Tensor } from '../../../src/autodiff/tensor.ts';
import { expectGradientsToMatchDifferences } from '../gradient-check.ts';

type Case = [name: string, shapes: number[][], build: (...tensors: Tensor[]) => Tensor];

const cases: Case[] = [
  [
    'gemm',
    [
      [2, 3],
      [3, 4],
    ],
    (a, b) => gemm(a, b),
  ],
  [
    'gemm, a transposed',
    [
      [3, 2],
      [3, 4],
    ],
    (a, b) => gemm(a, b, { transposeA: true }),
  ],
  [
    'gemm, b transposed',
    [
      [2, 3],
      [4, 3],
    ],
    (a, b) => gemm(a, b, { transposeB: true }),
  ],
  [
    'gemm, both transposed',
    [
      [3, 2],
      [4, 3],
    ],
    (a, b) => gemm(a, b, { transposeA: true, transposeB: true }),
  ],
  ['linear', [[2, 3], [4, 3], [4]], (x, w, b) => linear(x, w, b)],
  [
    'batched product',
    [
      [2, 3, 2, 4],
      [2, 3, 4, 5],
    ],
    (a, b) => batchedProduct(a, b),
  ],
  [
    'batched product, a transposed, times a number',
    [
      [2, 3, 4, 2],
      [2, 3, 4, 5],
    ],
    (a, b) => batchedProduct(a, b, { transposeA: true, factor: 0.3 }),
  ],
  [
    'batched product, b transposed',
    [
      [2, 2, 4],
      [2, 5, 4],
    ],
    (a, b) => batchedProduct(a, b, { transposeB: true }),
  ],
  [
    'batched product, both transposed',
    [
      [2, 4, 2],
      [2, 5, 4],
    ],
    (a, b) => batchedProduct(a, b, { transposeA: true, transposeB: true, factor: 2 }),
  ],
  [
    'gemm, times a number, plus a matrix',
    [
      [2, 3],
      [3, 4],
      [2, 4],
    ],
    (a, b, c) => gemm(a, b, { factor: 0.3, bias: c }),
  ],
  [
    'a product scaled and added to while it is computed',
    [
      [2, 3],
      [4, 3],
      [2, 4],
    ],
    (a, b, c) => addToProduct(scaleProduct(gemm(a, b, { transposeB: true, factor: 2 }), 0.3), c),
  ],
  [
    'anything else scaled and added to',
    [
      [2, 4],
      [2, 4],
    ],
    (x, c) => addToProduct(scaleProduct(relu(x), 0.3), c),
  ],
];

describe('the gradient of every matrix product agrees with central differences', () => {
  it.each(cases)('%s', async (_, shapes, build) => {
    await expectGradientsToMatchDifferences(shapes, build);
  });
});
