import { constant, indices, operation, sizeOf, type Tensor } from '../tensor.ts';
import { concatenate, expand, reshape } from './rearrangement.ts';
import { sumOver } from './reductions.ts';

/** In an index list: take a row of zeros. */
export const nowhere = -1;

/**
 * Picks positions of every example: x `[batch, positions, features]` → `[batch, rows, width, features]`, where
 * `positions[r · width + k]` says which position stands in row r at k, or `nowhere`.
 */
export function gatherPositions(x: Tensor, positions: Int32Array, width: number): Tensor {
  const [batch, count, features] = x.shape;
  const rows = positions.length / width;
  const hasGaps = positions.includes(nowhere);
  const source = hasGaps ? concatenate([x, expand(constant(0), [batch, 1, features])], 1) : x;
  const index = indices(hasGaps ? positions.map((p) => (p === nowhere ? count : p)) : positions, [
    rows,
    width,
  ]);
  return operation(
    'Gather',
    [source, index],
    [batch, rows, width, features],
    (dY) => {
      const picked = reshape(dY, [batch, rows * width, features]);
      const { uses, width: most } = usesOf(positions, count);
      // A position's gradient is the sum over the places it was copied to: gathered too, since scattering may lose updates.
      const gradient = reshape(sumOver(gatherPositions(picked, uses, most), [2], false), [
        batch,
        count,
        features,
      ]);
      // The row of zeros is a constant; what is said of it is never used.
      return [
        hasGaps ? concatenate([gradient, expand(constant(0), [batch, 1, features])], 1) : gradient,
        null,
      ];
    },
    { axis: { int: 1 } },
  );
}

/** For each position the places that use it, `width` of them, filled up with `nowhere`. */
function usesOf(positions: Int32Array, count: number): { uses: Int32Array; width: number } {
  const places: number[][] = Array.from({ length: count }, () => []);
  positions.forEach((position, place) => {
    if (position !== nowhere) places[position].push(place);
  });
  const width = Math.max(1, ...places.map((list) => list.length));
  const uses = new Int32Array(sizeOf([count, width])).fill(nowhere);
  for (const [position, list] of places.entries()) uses.set(list, position * width);
  return { uses, width };
}
