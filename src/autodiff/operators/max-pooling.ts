import { operation, type Tensor } from '../tensor.ts';
import { asReal, equal, multiply, subtract } from './elementwise.ts';
import type { Grid } from './patches.ts';
import { split } from './rearrangement.ts';

/** The grid after 2×2 pooling; an odd last row or column is dropped, as PyTorch's `MaxPool2d(2)` does. */
export function pooledGrid({ height, width }: Grid): Grid {
  return { height: Math.floor(height / 2), width: Math.floor(width / 2) };
}

/**
 * The positions that 2×2 pooling looks at: all upper left corners of the windows, then all upper right, lower left and
 * lower right ones. In this order pooling is the maximum of four equal slices.
 */
export function poolingCorners(grid: Grid): Int32Array {
  const { height, width } = pooledGrid(grid);
  const corners = [0, 1, grid.width, grid.width + 1];
  return Int32Array.from({ length: 4 * height * width }, (_, place) => {
    const [corner, window] = [Math.floor(place / (height * width)), place % (height * width)];
    const [row, column] = [Math.floor(window / width), window % width];
    return 2 * row * grid.width + 2 * column + corners[corner];
  });
}

/** 2×2 max-pooling of `[4 · windows, ...rest]` in the order of `poolingCorners`, to `[windows, ...rest]`. */
export function maxPool(x: Tensor): Tensor {
  return maximum(split(x, Array(4).fill(x.shape[0] / 4), 0));
}

/**
 * The largest of several tensors of one shape, element by element. Where some are equal the gradient goes to the first of
 * them, as in PyTorch: pixels of an empty background are all equal, and would share it otherwise.
 */
export function maximum(parts: readonly Tensor[]): Tensor {
  const y: Tensor = operation('Max', parts, parts[0].shape, (dY) => {
    let rest = dY;
    return parts.map((part, i) => {
      if (i === parts.length - 1) return rest;
      const share = multiply(rest, asReal(equal(part, y)));
      rest = subtract(rest, share);
      return share;
    });
  });
  return y;
}
