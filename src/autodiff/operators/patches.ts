import type { Tensor } from '../tensor.ts';
import { gatherPositions, nowhere } from './gather-positions.ts';
import { reshape, transpose } from './rearrangement.ts';

/** Extents of an image whose positions are counted row by row. */
export interface Grid {
  readonly height: number;
  readonly width: number;
}

/** Which positions lie under a kernel at each of several outputs. */
export interface PatchTable {
  /** Positions under one kernel. */
  readonly size: number;
  readonly outputs: number;
  /** The position at place k of output o stands at `o · size + k`; `nowhere` outside the image. */
  readonly positions: Int32Array;
}

/** The patches of a square kernel of odd width around the given positions. */
export function patchesAround({ height, width }: Grid, kernel: number, outputs: Int32Array): PatchTable {
  const reach = (kernel - 1) / 2;
  const size = kernel * kernel;
  const positions = new Int32Array(outputs.length * size);
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
  return { size, outputs: outputs.length, positions };
}

/**
 * The table read backwards: for each of `count` positions, the output that has it at place k. No output may appear twice in the table,
 * so that there is one at most.
 */
export function reversedPatches({ size, positions }: PatchTable, count: number): PatchTable {
  const reversed = new Int32Array(count * size).fill(nowhere);
  positions.forEach((position, index) => {
    if (position === nowhere) return;
    reversed[position * size + (index % size)] = Math.floor(index / size);
  });
  return { size, outputs: count, positions: reversed };
}

/** Patches as rows: x `[positions, batch, channels]` → `[outputs · batch, size · channels]`. */
export function patchRows(x: Tensor, { size, outputs, positions }: PatchTable): Tensor {
  const [count, batch, channels] = x.shape;
  const rows = Int32Array.from({ length: outputs * batch * size }, (_, index) => {
    const place = index % size;
    const example = Math.floor(index / size) % batch;
    const position = positions[Math.floor(index / (size * batch)) * size + place];
    return position === nowhere ? nowhere : position * batch + example;
  });
  const picked = gatherPositions(reshape(x, [count * batch, channels]), rows);
  return reshape(picked, [outputs * batch, size * channels]);
}

/**
 * Patches as columns: x `[positions, batch, channels]` → `[size · channels, outputs · batch]`. What is copied at a time is a pixel of all
 * examples, not the channels of one: for few channels much cheaper.
 */
export function patchColumns(x: Tensor, { size, outputs, positions }: PatchTable): Tensor {
  const [count, batch, channels] = x.shape;
  const pixels = reshape(transpose(x, [0, 2, 1]), [count * channels, batch]);
  const rows = Int32Array.from({ length: size * channels * outputs }, (_, index) => {
    const channel = Math.floor(index / outputs) % channels;
    const place = Math.floor(index / (outputs * channels));
    const position = positions[(index % outputs) * size + place];
    return position === nowhere ? nowhere : position * channels + channel;
  });
  return reshape(gatherPositions(pixels, rows), [size * channels, outputs * batch]);
}
