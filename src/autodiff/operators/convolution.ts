import { constant, type Tensor } from '../tensor.ts';
import { gatherPositions, nowhere } from './gather-positions.ts';
import { linear, mixPositions } from './matrix-product.ts';
import { reshape, transpose } from './rearrangement.ts';

/** Extents of an image whose positions are counted row by row. */
export interface Grid {
  readonly height: number;
  readonly width: number;
}

/**
 * Convolution with stride 1 and zero padding that keeps the image's size, as PyTorch's `Conv2d(padding='same')` for an odd kernel.
 *
 * The patches of the image become rows by one Gather with constant indices, and the convolution one matrix product: on
 * small images several times faster than ONNX Runtime's own convolution and, above all, differentiable.
 *
 * @param x `[batch, height · width, channels in]`.
 * @param weight `[channels out, channels in, k, k]`.
 * @param bias `[channels out]`.
 * @param outputs which positions to compute, in which order.
 * @returns `[batch, outputs, channels out]`.
 */
export function convolution(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  grid: Grid,
  outputs: Int32Array,
): Tensor {
  const [batch, , channels] = x.shape;
  const [channelsOut, , kernel] = weight.shape;
  const patch = kernel * kernel;
  const patches = gatherPositions(x, patchPositions(grid, kernel, outputs), patch);
  const rows = reshape(patches, [batch * outputs.length, patch * channels]);
  return reshape(linear(rows, filterRows(weight), bias), [batch, outputs.length, channelsOut]);
}

/**
 * The mean over all output positions of the `convolution` at every position, `[batch, channels out]`: that of the mean patch,
 * since a convolution is linear. So it costs a convolution at one position, not at all of them.
 */
export function convolutionMean(x: Tensor, weight: Tensor, bias: Tensor, grid: Grid): Tensor {
  const [batch, positions, channels] = x.shape;
  const [, , kernel] = weight.shape;
  const patch = kernel * kernel;
  const share = 1 / positions;
  const mixing = new Float64Array(patch * positions);
  patchPositions(grid, kernel, everyPosition(grid)).forEach((position, place) => {
    if (position !== nowhere) mixing[(place % patch) * positions + position] = share;
  });
  const meanPatches = mixPositions(x, constant(mixing, [patch, positions]));
  return linear(reshape(meanPatches, [batch, patch * channels]), filterRows(weight), bias);
}

/** `[channels out, channels in, k, k]` → `[channels out, k · k · channels in]`, the order of a patch. */
function filterRows(weight: Tensor): Tensor {
  const [channelsOut, channels, kernel] = weight.shape;
  return reshape(transpose(weight, [0, 2, 3, 1]), [channelsOut, kernel * kernel * channels]);
}

/** All positions, row by row. */
export function everyPosition({ height, width }: Grid): Int32Array {
  return Int32Array.from({ length: height * width }, (_, position) => position);
}

/** For each output position the positions under the kernel, row by row; `nowhere` outside the image. */
function patchPositions({ height, width }: Grid, kernel: number, outputs: Int32Array): Int32Array {
  const reach = (kernel - 1) / 2;
  const positions = new Int32Array(outputs.length * kernel * kernel);
  let place = 0;
  for (const output of outputs) {
    const [row, column] = [Math.floor(output / width), output % width];
    for (let y = row - reach; y <= row + reach; y++) {
      for (let x = column - reach; x <= column + reach; x++) {
        const inside = y >= 0 && y < height && x >= 0 && x < width;
        positions[place++] = inside ? y * width + x : nowhere;
      }
    }
  }
  return positions;
}
