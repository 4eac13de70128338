import { constant, indices, operation, sizeOf, type Tensor } from '../tensor.ts';
import { concatenate, expand, reshape } from './rearrangement.ts';
import { sumOver } from './reductions.ts';

/** In an index list: take zeros. */
export const nowhere = -1;

/**
 * Picks positions: x `[positions, ...rest]` → `[places, ...rest]`, where `positions[i]` says which position stands at place i, or `nowhere`.
 * Every position is copied as one block, so the larger the rest, the cheaper an element.
 */
export function gatherPositions(x: Tensor, positions: Int32Array): Tensor {
  const [count, ...rest] = x.shape;
  const hasGaps = positions.includes(nowhere);
  const source = hasGaps ? withZeros(x) : x;
  const index = hasGaps ? positions.map((position) => (position === nowhere ? count : position)) : positions;
  return operation(
    'Gather',
    [source, indices(index, [index.length])],
    [index.length, ...rest],
    (dY) => {
      const { uses, width } = usesOf(positions, count);
      // A position's gradient is the sum over the places it was copied to: gathered too, since scattering may lose updates.
      const copies = reshape(gatherPositions(dY, uses), [count, width, ...rest]);
      const gradient = sumOver(copies, [1], false);
      // The zeros are constant; what is said of them is never used.
      return [hasGaps ? withZeros(gradient) : gradient, null];
    },
    { axis: { int: 0 } },
  );
}

/** x `[positions, ...rest]` and one more position, of zeros. */
function withZeros(x: Tensor): Tensor {
  return concatenate([x, expand(constant(0), [1, ...x.shape.slice(1)])], 0);
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
