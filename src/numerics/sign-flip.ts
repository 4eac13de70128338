import { mean, standardDeviation } from './moments.ts';
import { permutationPValue } from './permutation-p-value.ts';
import type { Random } from './random.ts';
import { studentTQuantile } from './student-t.ts';

/** Up to so many differences every assignment of signs is tried. */
const EXACT = 12;
const REPLICATES = 9999;

/** Whether differences lie around 0. */
export interface SignFlip {
  /** Two-sided. */
  readonly pValue: number;
  /** The least that so few differences can give, however large they are: 2/2ⁿ, or 1 over the replicates. */
  readonly smallest: number;
}

/**
 * Tests whether independent differences lie around 0, supposing of them only that each would be as likely with the other sign if
 * nothing were behind it. Exact up to 12 differences; by 9,999 drawn assignments beyond.
 *
 * @param differences one for each independent unit, at least one.
 * @example
 * signFlipTest([1, 2, 3, 4, 5, 6], createRandom(1)); // { pValue: 2 / 64, smallest: 2 / 64 }
 */
export function signFlipTest(differences: readonly number[], random: Random): SignFlip {
  const observed = Math.abs(mean(differences)) * (1 - 1e-12);
  const n = differences.length;
  const flipped = (isMinus: (i: number) => boolean): number =>
    Math.abs(differences.reduce((sum, value, i) => sum + (isMinus(i) ? -value : value), 0) / n);
  let extreme = 0;
  if (n <= EXACT) {
    for (let signs = 0; signs < 2 ** n; signs++) {
      if (flipped((i) => ((signs >> i) & 1) === 1) >= observed) extreme++;
    }
    return { pValue: extreme / 2 ** n, smallest: 2 ** (1 - n) };
  }
  for (let r = 0; r < REPLICATES; r++) if (flipped(() => random.uniform() < 0.5) >= observed) extreme++;
  return { pValue: permutationPValue(extreme, REPLICATES), smallest: 1 / (1 + REPLICATES) };
}

/** Student's interval of a mean of independent values; null with fewer than two. */
export function meanInterval(values: readonly number[], confidence = 0.95): [number, number] | null {
  const n = values.length;
  if (n < 2) return null;
  const center = mean(values);
  const half =
    studentTQuantile(1 - (1 - confidence) / 2, n - 1) * (standardDeviation(values, 1) / Math.sqrt(n));
  return [center - half, center + half];
}

/**
 * The shifts of independent differences that `signFlipTest` does not reject: the means of all their subsets, ordered, without the least and the
 * largest that the confidence leaves out. Exact for values that lie symmetrically around what is estimated; by 9,999 drawn subsets
 * beyond 12.
 *
 * Source: Hartigan 1969, *Using subsample values as typical values*, J. Am. Stat. Assoc. 64.
 *
 * @returns null where so few differences have no such interval: fewer than six at 95 %.
 * @example
 * signFlipInterval([1, 2, 3, 4, 5, 6], createRandom(1)); // [1, 6]
 */
export function signFlipInterval(
  differences: readonly number[],
  random: Random,
  confidence = 0.95,
): [number, number] | null {
  const n = differences.length;
  const means: number[] = [];
  const add = (isIn: (i: number) => boolean): void => {
    const chosen = differences.filter((_, i) => isIn(i));
    if (chosen.length > 0) means.push(mean(chosen));
  };
  if (n <= EXACT) {
    for (let subset = 1; subset < 2 ** n; subset++) add((i) => ((subset >> i) & 1) === 1);
  } else {
    for (let r = 0; r < REPLICATES; r++) add(() => random.uniform() < 0.5);
  }
  const leftOut = Math.floor(((1 - confidence) / 2) * (means.length + 1) + 1e-9);
  if (leftOut < 1) return null;
  const ordered = Float64Array.from(means).sort();
  return [ordered[leftOut - 1], ordered[ordered.length - leftOut]];
}
