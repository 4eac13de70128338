import { permutationPValue } from './permutation-p-value.ts';
import type { Random } from './random.ts';

/** Up to so many arrangements all are tried. */
const MOST_ARRANGEMENTS = 5000;
const REPLICATES = 1999;

/**
 * Whether a statistic depends on what distinguishes the members of blocks: outcomes are exchanged within each block, and nowhere
 * else, so that whatever the members of a block share is held fixed. Exact where there are few arrangements.
 *
 * @param blocks positions, each in one block.
 * @param statistic of the outcomes in an order: `order[i]` is the position whose outcome stands at i. Its size counts.
 * @returns p-value, two-sided, and the least that so few arrangements can give.
 * @example
 * const [x, y] = [[1, 2, 3, 4], [1, 4, 9, 16]];
 * const slope = (order) => order.reduce((sum, from, i) => sum + (x[i] - 2.5) * y[from], 0);
 * blockPermutationTest([[0, 1, 2, 3]], slope, createRandom(1)); // { pValue: 2 / 24, smallest: 2 / 24 }
 */
export function blockPermutationTest(
  blocks: readonly (readonly number[])[],
  statistic: (order: readonly number[]) => number,
  random: Random,
): { readonly pValue: number; readonly smallest: number } {
  const order: number[] = [];
  for (const block of blocks) for (const i of block) order[i] = i;
  const observed = Math.abs(statistic(order)) * (1 - 1e-9);
  const arrangements = blocks.reduce((product, { length }) => product * factorial(length), 1);
  let [extreme, tried] = [0, 0];
  const tryOne = (): void => {
    tried++;
    // A statistic without a value is as extreme as any: never in favor of the hypothesis.
    if (!(Math.abs(statistic(order)) < observed)) extreme++;
  };
  if (arrangements <= MOST_ARRANGEMENTS) {
    eachArrangement(blocks, order, tryOne);
    return { pValue: extreme / tried, smallest: Math.min(1, 2 / tried) };
  }
  for (let r = 0; r < REPLICATES; r++) {
    for (const block of blocks) shuffle(block, order, random);
    tryOne();
  }
  return { pValue: permutationPValue(extreme, REPLICATES), smallest: 1 / (1 + REPLICATES) };
}

function eachArrangement(blocks: readonly (readonly number[])[], order: number[], then: () => void): void {
  if (blocks.length === 0) {
    then();
    return;
  }
  const [block, ...rest] = blocks;
  const place = (k: number): void => {
    if (k === block.length) {
      eachArrangement(rest, order, then);
      return;
    }
    for (let other = k; other < block.length; other++) {
      exchange(order, block[k], block[other]);
      place(k + 1);
      exchange(order, block[k], block[other]);
    }
  };
  place(0);
}

function shuffle(block: readonly number[], order: number[], random: Random): void {
  for (let k = block.length - 1; k > 0; k--) exchange(order, block[k], block[random.integer(k + 1)]);
}

function exchange(order: number[], a: number, b: number): void {
  [order[a], order[b]] = [order[b], order[a]];
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}
