import { constant, type Tensor, withGradient } from '../tensor.ts';
import { nowhere } from './gather-positions.ts';
import { gemm, linear } from './matrix-product.ts';
import {
  type Grid,
  type PatchTable,
  patchColumns,
  patchesAround,
  patchRows,
  reversedPatches,
} from './patches.ts';
import { reshape, transpose } from './rearrangement.ts';
import { sumTo } from './reductions.ts';

/** Below so many channels, less than a cache line of them, patches are copied by pixels of all examples. */
const fewChannels = 16;

/**
 * Convolution with stride 1 and zero padding that keeps the image's size, as PyTorch's `Conv2d(padding='same')` for an odd kernel.
 *
 * The patches of the image are laid out by one Gather with constant indices, and the convolution is one matrix product: on
 * small images several times faster than ONNX Runtime's own convolution and, above all, differentiable.
 *
 * @param x `[height · width, batch, channels in]`.
 * @param weight `[channels out, channels in, k, k]`.
 * @param bias `[channels out]`.
 * @param outputs which positions to compute, in which order; none of them twice.
 * @returns `[outputs, batch, channels out]`.
 */
export function convolution(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  grid: Grid,
  outputs: Int32Array,
): Tensor {
  const [, batch, channels] = x.shape;
  const [channelsOut, , kernel] = weight.shape;
  const patches = patchesAround(grid, kernel, outputs);
  const product =
    channels < fewChannels
      ? gemm(patchColumns(x, patches), filterColumns(weight), { transposeA: true, bias })
      : productWithRows(x, weight, bias, patches);
  return reshape(product, [outputs.length, batch, channelsOut]);
}

function productWithRows(x: Tensor, weight: Tensor, bias: Tensor, patches: PatchTable): Tensor {
  const [positions, batch] = x.shape;
  const [channelsOut] = weight.shape;
  const rows = patchRows(x, patches);
  const product = linear(rows, filterRows(weight), bias);
  // Where some positions have no output, the rules of the single steps do less.
  if (patches.outputs < positions) return product;
  return withGradient(product, [x, weight, bias], (dY) => {
    // By x: a convolution too, of dY with the filters turned round. The step by step rules make the gradient of every patch,
    // nine times as large as x, and then sum what falls on each position.
    const around = patchRows(
      reshape(dY, [patches.outputs, batch, channelsOut]),
      reversedPatches(patches, positions),
    );
    const dX = gemm(around, turnedFilterRows(weight), { transposeB: true });
    // Of a product of tall matrices, the runtime is quicker if the narrower one stands on the right.
    const dFilters = gemm(rows, dY, { transposeA: true });
    return [reshape(dX, x.shape), fromFilterColumns(dFilters, weight.shape), sumTo(dY, bias.shape)];
  });
}

/**
 * The mean over all output positions of the `convolution` at every position, `[batch, channels out]`: that of the mean patch,
 * since a convolution is linear. So it costs a convolution at one position, not at all of them.
 */
export function convolutionMean(x: Tensor, weight: Tensor, bias: Tensor, grid: Grid): Tensor {
  const [positions, batch, channels] = x.shape;
  const [, , kernel] = weight.shape;
  const { size, positions: under } = patchesAround(grid, kernel, everyPosition(grid));
  const share = 1 / positions;
  const mixing = new Float64Array(size * positions);
  under.forEach((position, place) => {
    if (position !== nowhere) mixing[(place % size) * positions + position] = share;
  });
  const meanPatches = gemm(constant(mixing, [size, positions]), reshape(x, [positions, batch * channels]));
  const rows = transpose(reshape(meanPatches, [size, batch, channels]), [1, 0, 2]);
  return linear(reshape(rows, [batch, size * channels]), filterRows(weight), bias);
}

/** `[channels out, channels in, k, k]` → `[channels out, k · k · channels in]`, the order of a patch. */
function filterRows(weight: Tensor): Tensor {
  const [channelsOut, channels, kernel] = weight.shape;
  return reshape(transpose(weight, [0, 2, 3, 1]), [channelsOut, kernel * kernel * channels]);
}

/** `[channels out, channels in, k, k]` → `[k · k · channels in, channels out]`. */
function filterColumns(weight: Tensor): Tensor {
  const [channelsOut, channels, kernel] = weight.shape;
  return reshape(transpose(weight, [2, 3, 1, 0]), [kernel * kernel * channels, channelsOut]);
}

/** Undoes `filterColumns`. */
function fromFilterColumns(columns: Tensor, [channelsOut, channels, kernel]: readonly number[]): Tensor {
  // In two steps, since the runtime takes twice as long to reverse three axes at once. The reshape keeps it from joining them.
  const patch = kernel * kernel;
  const byPlace = transpose(reshape(columns, [patch, channels, channelsOut]), [0, 2, 1]);
  const places = transpose(reshape(byPlace, [patch, channelsOut * channels]), [1, 0]);
  return reshape(places, [channelsOut, channels, kernel, kernel]);
}

/** `[channels out, channels in, k, k]` → `[channels in, k · k · channels out]`. */
function turnedFilterRows(weight: Tensor): Tensor {
  const [channelsOut, channels, kernel] = weight.shape;
  return reshape(transpose(weight, [1, 2, 3, 0]), [channels, kernel * kernel * channelsOut]);
}

/** All positions, row by row. */
export function everyPosition({ height, width }: Grid): Int32Array {
  return Int32Array.from({ length: height * width }, (_, position) => position);
}
