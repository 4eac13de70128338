import { constant, type Tensor, withGradientBy, withoutGradientBy } from '../tensor.ts';
import { reshape } from './broadcasting.ts';
import { addToChannels, convolutionSums, filterGradient } from './convolution.ts';
import { batchedProduct, gemm } from './matrix-product.ts';
import { maximum, pooledGrid, poolingCorners } from './max-pooling.ts';
import { type Grid, layOutPatches, patchesAt } from './patches.ts';
import { split } from './rearrangement.ts';

/** From so many input channels on, transforming the tiles costs less than it spares. */
const manyChannels = 16;

/**
 * 2×2 max-pooling of a 3×3 `convolution`: x `[channels in, height · width, batch]` → `[channels out, windows, batch]`. The bias is added
 * after pooling, which commutes with it and leaves a quarter of the elements.
 */
export function pooledConvolution(x: Tensor, weight: Tensor, bias: Tensor, grid: Grid): Tensor {
  const corners =
    x.shape[0] < manyChannels ? cornersDirectly(x, weight, grid) : cornersByTiles(x, weight, grid);
  return addToChannels(maximum(corners), bias);
}

/**
 * The convolution at the upper left, upper right, lower left and lower right position of every pooling window: four small
 * products, since one would have to be cut up, and its gradient put together.
 */
function cornersDirectly(x: Tensor, weight: Tensor, grid: Grid): readonly Tensor[] {
  return cornerPositions(grid).map((outputs) => convolutionSums(x, weight, grid, outputs));
}

/** The upper left positions of all windows, the upper right, lower left and lower right ones. */
function cornerPositions(grid: Grid): readonly Int32Array[] {
  const corners = poolingCorners(grid);
  const windows = corners.length / 4;
  return [0, 1, 2, 3].map((corner) => corners.subarray(corner * windows, (corner + 1) * windows));
}

/**
 * The same by minimal filtering, F(2×2, 3×3): a window's four outputs come from a tile of 4×4 positions by 16 products
 * instead of 36 (Winograd 1980; Lavin & Gray 2016, *Fast Algorithms for Convolutional Neural Networks*, eq. 8). With x, w and y
 * as vectors, y = A ((G w) ⊙ (B x)): transforms by constant matrices, and 16 matrix products over the channels. In
 * float32 its rounding errors are a few times those of `convolutionSums`.
 *
 * The gradient by the filters is that of `convolutionSums`. Followed back through the transforms it would be rounding
 * where it should be 0, at filters that never saw anything while their output counted, and Adam makes steps of rounding.
 */
function cornersByTiles(x: Tensor, weight: Tensor, grid: Grid): readonly Tensor[] {
  const [channels, , batch] = x.shape;
  const [channelsOut] = weight.shape;
  const { height, width } = pooledGrid(grid);
  const windows = height * width;
  const upperLeft = poolingCorners(grid).subarray(0, windows);
  const tiles = layOutPatches(x, patchesAt(grid, upperLeft, 1, 4), 'place-first');
  const flatTiles = reshape(tiles, [16, channels * windows * batch]);
  const tileTerms = reshape(gemm(tileTransform, flatTiles), [16, channels, windows * batch]);
  const flatFilters = reshape(weight, [channelsOut * channels, 9]);
  const filterTerms = reshape(gemm(filterTransform, flatFilters, { transposeB: true }), [
    16,
    channelsOut,
    channels,
  ]);
  const terms = withoutGradientBy(batchedProduct(filterTerms, tileTerms), filterTerms);
  const sums = gemm(outputTransform, reshape(terms, [16, channelsOut * windows * batch]));
  const corners = split(reshape(sums, [4, channelsOut, windows, batch]), [1, 1, 1, 1], 0);
  const outputs = cornerPositions(grid);
  return withGradientBy(corners, [weight], (received) => [
    filterGradient(
      x,
      weight,
      grid,
      received.map((gradient, corner) => ({ outputs: outputs[corner], gradient: gradient! })),
    ),
  ]).map((corner) => reshape(corner, [channelsOut, windows, batch]));
}

const tileTransform = alongBothAxes([
  [1, 0, -1, 0],
  [0, 1, 1, 0],
  [0, -1, 1, 0],
  [0, 1, 0, -1],
]);

const filterTransform = alongBothAxes([
  [1, 0, 0],
  [1 / 2, 1 / 2, 1 / 2],
  [1 / 2, -1 / 2, 1 / 2],
  [0, 0, 1],
]);

const outputTransform = alongBothAxes([
  [1, 1, 1, 0],
  [0, 1, -1, -1],
]);

/** The matrix that applies m along the rows and the columns of a square read row by row: the Kronecker product m ⊗ m. */
function alongBothAxes(m: readonly (readonly number[])[]): Tensor {
  const values = m.flatMap((a) => m.flatMap((b) => a.flatMap((x) => b.map((y) => x * y))));
  return constant(Float64Array.from(values), [m.length ** 2, m[0].length ** 2]);
}
