import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { gradients, hessianProducts } from '../../../src/autodiff/gradients.ts';
import { inFloat64 } from '../../../src/autodiff/in-float64.ts';
import { expand, reshape, sum, sumOver } from '../../../src/autodiff/operators/broadcasting.ts';
import { convolution, convolutionMean, everyPosition } from '../../../src/autodiff/operators/convolution.ts';
import { dropout } from '../../../src/autodiff/operators/dropout.ts';
import {
  add,
  exp,
  multiply,
  negate,
  relu,
  scale,
  subtract,
  tanh,
} from '../../../src/autodiff/operators/elementwise.ts';
import { embedding } from '../../../src/autodiff/operators/embedding.ts';
import { gatherPositions } from '../../../src/autodiff/operators/gather-positions.ts';
import { layerNorm } from '../../../src/autodiff/operators/layer-norm.ts';
import { gemm } from '../../../src/autodiff/operators/matrix-product.ts';
import { maximum, maxPool, poolingCorners } from '../../../src/autodiff/operators/max-pooling.ts';
import { meanOver } from '../../../src/autodiff/operators/mean.ts';
import { pooledConvolution } from '../../../src/autodiff/operators/pooled-convolution.ts';
import { concatenate, split, transpose } from '../../../src/autodiff/operators/rearrangement.ts';
import { crossEntropy, logSoftmax, softmax } from '../../../src/autodiff/operators/softmax.ts';
import { squaredError } from '../../../src/autodiff/operators/squared-error.ts';
import { constant, input, type Tensor } from '../../../src/autodiff/tensor.ts';
import { topologicalOrder } from '../../../src/autodiff/topological-order.ts';
import { expectGradientsToMatchDifferences } from '../gradient-check.ts';
import { expectHessianProductsToMatchDifferences } from '../hessian-check.ts';

type Case = [name: string, shapes: number[][], build: (...tensors: Tensor[]) => Tensor];

const cases: Case[] = [
  [
    'add',
    [
      [2, 3],
      [2, 3],
    ],
    (a, b) => add(a, b),
  ],
  ['add, stretched over rows', [[2, 3], [3]], (a, b) => add(a, b)],
  [
    'add, stretched inside',
    [
      [2, 1, 3],
      [4, 1],
    ],
    (a, b) => add(a, b),
  ],
  [
    'subtract, stretched over columns',
    [
      [2, 3],
      [2, 1],
    ],
    (a, b) => subtract(a, b),
  ],
  [
    'multiply',
    [
      [2, 3],
      [2, 3],
    ],
    (a, b) => multiply(a, b),
  ],
  ['multiply by a scalar', [[2, 3], []], (a, b) => multiply(a, b)],
  ['multiply by itself', [[4]], (a) => multiply(a, a)],
  ['negate', [[3]], (a) => negate(a)],
  ['scale', [[3]], (a) => scale(a, 0.25)],
  ['exp', [[3]], (a) => exp(a)],
  ['relu', [[4, 5]], (a) => relu(a)],
  ['dropout', [[3, 4]], (x) => dropout(x, mask, 2)],
  ['dropout of a ReLU', [[3, 4]], (x) => dropout(relu(x), mask, 2)],
  [
    'dropout of a ReLU before a product',
    [
      [3, 4],
      [5, 4],
    ],
    (x, w) => gemm(dropout(relu(x), mask, 2), w, { transposeB: true }),
  ],
  ['reshape', [[2, 6]], (x) => reshape(x, [3, 4])],
  ['expand', [[3, 1]], (x) => expand(x, [2, 3, 4])],
  ['transpose', [[2, 3, 4]], (x) => transpose(x, [2, 0, 1])],
  [
    'concatenate',
    [
      [2, 3],
      [2, 1],
    ],
    (a, b) => concatenate([a, b], 1),
  ],
  ['split, all parts used', [[5, 2]], (x) => split2(x, (a, b) => multiply(sum(a), b))],
  ['split, one part unused', [[5, 2]], (x) => split2(x, (_, b) => b)],
  ['sum', [[2, 3]], (x) => sum(x)],
  ['sum over one axis', [[2, 3, 4]], (x) => sumOver(x, [1])],
  ['sum over two axes, dropped', [[2, 3, 4]], (x) => sumOver(x, [0, 2], false)],
  ['mean', [[2, 3, 4]], (x) => meanOver(x, [1, 2])],
  ['softmax', [[2, 3, 4]], (x) => softmax(x)],
  ['log softmax', [[2, 5]], (x) => logSoftmax(x)],
  [
    'cross-entropy',
    [
      [3, 5],
      [3, 5],
    ],
    (z, t) => crossEntropy(z, t),
  ],
  [
    'squared error',
    [
      [3, 5],
      [3, 5],
    ],
    (z, t) => squaredError(z, t),
  ],
  ['tanh', [[2, 3]], (x) => tanh(x)],
  [
    'gather, some positions twice and some nowhere',
    [[3, 2, 2]],
    (x) => gatherPositions(x, Int32Array.of(0, 0, -1, 2, 0, 1)),
  ],
  ['gather, a position never used', [[3, 2]], (x) => gatherPositions(x, Int32Array.of(0, 2))],
  [
    'convolution',
    [[2, 6, 2], [3, 2, 3, 3], [3]],
    (x, w, b) => convolution(x, w, b, grid, everyPosition(grid)),
  ],
  [
    'convolution of some positions',
    [[1, 6, 2], [3, 1, 3, 3], [3]],
    (x, w, b) => convolution(x, w, b, grid, poolingCorners(grid)),
  ],
  ['mean of a convolution', [[2, 6, 2], [3, 2, 3, 3], [3]], (x, w, b) => convolutionMean(x, w, b, grid)],
  [
    'pooled convolution of few channels',
    [[2, 6, 2], [3, 2, 3, 3], [3]],
    (x, w, b) => pooledConvolution(x, w, b, grid),
  ],
  [
    'pooled convolution of many channels',
    [[16, 20, 2], [2, 16, 3, 3], [2]],
    (x, w, b) => pooledConvolution(x, w, b, { height: 4, width: 5 }),
  ],
  [
    'maximum',
    [
      [4, 5],
      [4, 5],
      [4, 5],
    ],
    (a, b, c) => maximum([a, b, c]),
  ],
  ['max-pooling', [[8, 2, 3]], (x) => maxPool(x)],
  [
    'embedding, a word used twice',
    [[4, 3]],
    (table) => embedding(table, constant(Float64Array.of(2, 0, 3, 2), [2, 2])),
  ],
  ['a tensor used three times', [[2, 2]], (x) => add(gemm(x, x), multiply(x, x))],
];

const mask = constant(Float64Array.of(2, 0, 2, 2, 0, 2, 2, 2, 0, 2, 2, 0), [3, 4]);

const grid = { height: 2, width: 3 };

function split2(x: Tensor, use: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const [a, b] = split(x, [2, 3], 0);
  return use(a, b);
}

describe('the gradient of every operator agrees with central differences', () => {
  it.each(cases)('%s', async (_, shapes, build) => {
    await expectGradientsToMatchDifferences(shapes, build);
  });

  it.each([[[2, 3, 5]], [[6, 5]]])('layer norm of %j', async (shape) => {
    const shapes = [shape, [5], [5]];
    await expectGradientsToMatchDifferences(shapes, (x, w, b) => layerNorm(x, w, b));
  });
});

describe('products with the Hessian through every operator agree with differences of gradients, and are symmetric and linear', () => {
  it.each(cases)('%s', async (_, shapes, build) => {
    await expectHessianProductsToMatchDifferences(shapes, build);
  });

  it.each([[[2, 3, 5]], [[6, 5]]])('layer norm of %j', async (shape) => {
    await expectHessianProductsToMatchDifferences([shape, [5], [5]], (x, w, b) => layerNorm(x, w, b));
  });
});

it('covers every operator that the program applies', async () => {
  const applied = new Set<string>();
  const operators = new URL('../../../src/autodiff/operators/', import.meta.url);
  for (const file of await readdir(operators)) {
    const code = await readFile(new URL(file, operators), 'utf8');
    for (const [, name] of code.matchAll(/\b(?:float32O|o)perations?\(\s*'(\w+)'/g)) applied.add(name);
  }
  const layer: Case = ['layer norm', [[6, 5], [5], [5]], (x, w, b) => layerNorm(x, w, b)];
  const covered = new Set(
    [...cases, layer].flatMap(([, shapes, build]) => {
      const inputs = shapes.map((shape, i) => input(`x${i}`, shape));
      const loss = sum(exp(build(...inputs)));
      const products = hessianProducts(gradients(loss, inputs), inputs, inputs);
      const named = products.flatMap((product, i) => (product === null ? [] : [[`${i}`, product] as const]));
      const both = [...named.map(([, product]) => product), ...inFloat64(new Map(named)).values()];
      return topologicalOrder(both).map(({ operator }) => operator);
    }),
  );
  expect([...applied].filter((operator) => !covered.has(operator))).toEqual([]);
  expect(applied.size).toBeGreaterThan(20);
});
