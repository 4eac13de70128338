import { createRandom } from '../../src/numerics/random.ts';
import type { FuzzedReader } from './fuzzed-reader.ts';
import { byteMutations, largestCase, type Mutation, pick } from './mutations.ts';

/**
 * Makes the cases of a reader: the same seed and index give the same bytes.
 *
 * @param largest most bytes of a case.
 */
export function caseMaker(
  reader: FuzzedReader,
  seed: number,
  largest = largestCase,
): (index: number) => Uint8Array {
  const samples = reader.samples();
  const random = createRandom(seed).fork(reader.name);
  const own = reader.mutations ?? [];
  return (index) => {
    const draw = random.fork(index);
    let bytes = pick(samples, draw);
    // Most damages are single; a few together reach what is checked later.
    const damages = 1 + Math.floor(-1.5 * Math.log(1 - draw.uniform()));
    for (let i = 0; i < damages; i++) {
      const mutations: readonly Mutation[] = own.length > 0 && draw.integer(2) === 0 ? own : byteMutations;
      bytes = pick(mutations, draw)(bytes, draw, pick(samples, draw)).slice(0, largest);
    }
    return bytes;
  };
}
