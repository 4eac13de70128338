import type { Tensor } from '../tensor.ts';
import { reshape } from './broadcasting.ts';
import { gatherPositions, nowhere } from './gather-positions.ts';

/** Extents of an image whose positions are counted row by row. */
export interface Grid {
  readonly height: number;
  readonly width: number;
}

/** Square windows of an image, all of one size. */
export interface Patches {
  /** Positions in one window. */
  readonly size: number;
  /** Number of windows. */
  readonly count: number;
  /** The position at place k of window i stands at `i · size + k`; `nowhere` outside the image. */
  readonly positions: Int32Array;
}

/**
 * The windows of width `width` whose upper left corners lie `reach` rows above and columns left of the given positions.
 */
export function patchesAt(grid: Grid, corners: Int32Array, reach: number, width: number): Patches {
  const size = width * width;
  const positions = Int32Array.from({ length: corners.length * size }, (_, index) => {
    const [corner, place] = [corners[Math.floor(index / size)], index % size];
    const y = Math.floor(corner / grid.width) - reach + Math.floor(place / width);
    const x = (corner % grid.width) - reach + (place % width);
    return y >= 0 && y < grid.height && x >= 0 && x < grid.width ? y * grid.width + x : nowhere;
  });
  return { size, count: corners.length, positions };
}

/**
 * Lays out windows: x `[channels, positions, batch]` → `[channels, size, count, batch]`. A pixel of all examples is copied at a time.
 *
 * @param order `place-first` exchanges the first two axes of the result.
 */
export function layOutPatches(
  x: Tensor,
  { size, count, positions }: Patches,
  order: 'channel-first' | 'place-first',
): Tensor {
  const [channels, pixels, batch] = x.shape;
  const rows = Int32Array.from({ length: channels * size * count }, (_, index) => {
    const [outer, patch] = [Math.floor(index / count), index % count];
    const [channel, place] =
      order === 'channel-first'
        ? [Math.floor(outer / size), outer % size]
        : [outer % channels, Math.floor(outer / channels)];
    const position = positions[patch * size + place];
    return position === nowhere ? nowhere : channel * pixels + position;
  });
  const leading = order === 'channel-first' ? [channels, size] : [size, channels];
  return reshape(gatherPositions(reshape(x, [channels * pixels, batch]), rows), [...leading, count, batch]);
}
