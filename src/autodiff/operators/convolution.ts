import { constant, type Tensor } from '../tensor.ts';
import { reshape } from './broadcasting.ts';
import { add } from './elementwise.ts';
import { nowhere } from './gather-positions.ts';
import { gemm, mixPositions } from './matrix-product.ts';
import { type Grid, layOutPatches, type Patches, patchesAt } from './patches.ts';
import { addToProduct } from './product-epilogue.ts';

/**
 * Convolution with stride 1 and zero padding that keeps the image's size, as PyTorch's `Conv2d(padding='same')` for an odd kernel.
 *
 * The patches of the image are laid out by one Gather with constant indices, and the convolution is one matrix product: on
 * small images several times faster than ONNX Runtime's own convolution and, above all, differentiable. With the batch
 * innermost the filters are multiplied as they lie, and what is gathered comes in long blocks.
 *
 * @param x `[channels in, height · width, batch]`.
 * @param weight `[channels out, channels in, k, k]`.
 * @param bias `[channels out]`.
 * @param outputs which positions to compute, in which order.
 * @returns `[outputs, batch, channels out]`: the features of one position and example lie together.
 */
export function convolution(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  grid: Grid,
  outputs: Int32Array,
): Tensor {
  const columns = patchColumns(x, weight, grid, outputs);
  const rows = gemm(columns, filterRows(weight), { transposeA: true, transposeB: true, bias });
  return reshape(rows, [outputs.length, x.shape[2], weight.shape[0]]);
}

/** A `convolution` without its bias, `[channels out, outputs, batch]`: ready for a further convolution. */
export function convolutionSums(x: Tensor, weight: Tensor, grid: Grid, outputs: Int32Array): Tensor {
  const sums = gemm(filterRows(weight), patchColumns(x, weight, grid, outputs));
  return reshape(sums, [weight.shape[0], outputs.length, x.shape[2]]);
}

/**
 * The gradient of `convolutionSums` by the filters, added up over groups of positions.
 *
 * @param groups positions, and the gradient of the sums there, `[channels out, outputs, batch]`.
 */
export function filterGradient(
  x: Tensor,
  weight: Tensor,
  grid: Grid,
  groups: readonly { readonly outputs: Int32Array; readonly gradient: Tensor }[],
): Tensor {
  const [first, ...rest] = groups.map(({ outputs, gradient }) => {
    const rows = reshape(gradient, [weight.shape[0], outputs.length * x.shape[2]]);
    return gemm(rows, patchColumns(x, weight, grid, outputs), { transposeB: true });
  });
  return reshape(
    rest.reduce((sum, product) => addToProduct(product, sum), first),
    weight.shape,
  );
}

/** `[channels in · k · k, outputs · batch]`. */
function patchColumns(x: Tensor, weight: Tensor, grid: Grid, outputs: Int32Array): Tensor {
  const [channels, , batch] = x.shape;
  const [, , kernel] = weight.shape;
  const patches = layOutPatches(x, kernelPatches(grid, kernel, outputs), 'channel-first');
  return reshape(patches, [channels * kernel * kernel, outputs.length * batch]);
}

/** x `[channels, ...]` plus one number per channel. */
export function addToChannels(x: Tensor, bias: Tensor): Tensor {
  return add(x, reshape(bias, [bias.shape[0], ...x.shape.slice(1).map(() => 1)]));
}

/**
 * The mean over all output positions of the `convolution` at every position, `[batch, channels out]`: that of the mean patch,
 * since a convolution is linear. So it costs a convolution at one position, not at all of them.
 */
export function convolutionMean(x: Tensor, weight: Tensor, bias: Tensor, grid: Grid): Tensor {
  const [channels, positions, batch] = x.shape;
  const [, , kernel] = weight.shape;
  const { size, positions: under } = kernelPatches(grid, kernel, everyPosition(grid));
  const share = 1 / positions;
  const mixing = new Float64Array(size * positions);
  under.forEach((position, place) => {
    if (position !== nowhere) mixing[(place % size) * positions + position] = share;
  });
  const meanPatches = mixPositions(x, constant(mixing, [size, positions]));
  const columns = reshape(meanPatches, [channels * size, batch]);
  return gemm(columns, filterRows(weight), { transposeA: true, transposeB: true, bias });
}

/** All positions, row by row. */
export function everyPosition({ height, width }: Grid): Int32Array {
  return Int32Array.from({ length: height * width }, (_, position) => position);
}

/** `[channels out, channels in, k, k]` → `[channels out, channels in · k · k]`. */
function filterRows(weight: Tensor): Tensor {
  const [channelsOut, ...rest] = weight.shape;
  return reshape(weight, [channelsOut, rest.reduce((product, extent) => product * extent)]);
}

function kernelPatches(grid: Grid, kernel: number, outputs: Int32Array): Patches {
  return patchesAt(grid, outputs, (kernel - 1) / 2, kernel);
}
