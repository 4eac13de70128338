import { constant, indices, operation, type Tensor } from '../tensor.ts';
import { expand } from './broadcasting.ts';
import { add } from './elementwise.ts';
import { concatenate } from './rearrangement.ts';

/** In an index list: take zeros. */
export const nowhere = -1;

/**
 * Picks positions: x `[positions, ...rest]` → `[places, ...rest]`, where `positions[i]` says which position stands at place i, or `nowhere`.
 * Every position is copied as one block, so the larger the rest, the cheaper an element.
 */
export function gatherPositions(x: Tensor, positions: Int32Array): Tensor {
  return gather(positions.includes(nowhere) ? withZeros(x) : x, positions, x.shape[0]);
}

/** @param count positions in `source`; one more, of zeros, if any is taken from `nowhere`. */
function gather(source: Tensor, positions: Int32Array, count: number): Tensor {
  const [available, ...rest] = source.shape;
  const index = positions.map((position) => (position === nowhere ? count : position));
  return operation(
    'Gather',
    [source, indices(index, [index.length])],
    [index.length, ...rest],
    (dY) => {
      // A position's gradient is the sum over the places it was copied to: gathered too, since scattering may lose updates.
      // The first places of all positions, then the second ones, and so on: a sum over an axis of a few is several times slower.
      const uses = usesOf(positions, count);
      const copies = uses.some((places) => places.includes(nowhere)) ? withZeros(dY) : dY;
      const gradient = uses
        .map((places) => gather(copies, places, positions.length))
        .reduce((a, b) => add(a, b));
      // The zeros are constant; what is said of them is never used.
      return [available > count ? withZeros(gradient) : gradient, null];
    },
    { axis: { int: 0 } },
  );
}

/** x `[positions, ...rest]` and one more position, of zeros. */
function withZeros(x: Tensor): Tensor {
  return concatenate([x, expand(constant(0), [1, ...x.shape.slice(1)])], 0);
}

/** For each position its first place, then for each its second one, …; `nowhere` for those that have no more. */
function usesOf(positions: Int32Array, count: number): Int32Array[] {
  const seen = new Uint32Array(count);
  const uses = [new Int32Array(count).fill(nowhere)];
  for (const [place, position] of positions.entries()) {
    if (position === nowhere) continue;
    const use = seen[position]++;
    if (use === uses.length) uses.push(new Int32Array(count).fill(nowhere));
    uses[use][position] = place;
  }
  return uses;
}
