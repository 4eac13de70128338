import { symmetricEigenvalues } from '../../numerics/symmetric-eigenvalues.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import { cosine, type FilterBank, filterOf } from './filter-bank.ts';

/**
 * Cosines between all filters of a layer: 1 for the same direction, −1 for opposite ones, 0 for orthogonal ones.
 *
 * @returns `[filter][filter]`, symmetric; null where one of the two is zero or not finite.
 * @example
 * filterSimilarity(filterBank(Float64Array.of(1, 0, 3, 4), [2, 2]))[0][1] // 0.6
 */
export function filterSimilarity(bank: FilterBank): (number | null)[][] {
  const similarity: (number | null)[][] = Array.from({ length: bank.filters }, () => []);
  for (let i = 0; i < bank.filters; i++) {
    for (let j = i; j < bank.filters; j++) {
      similarity[i][j] = similarity[j][i] = cosine(filterOf(bank, i), filterOf(bank, j));
    }
  }
  return similarity;
}

/**
 * Filter orthogonality: 1 − the mean |cosine| between different filters. 1 where all are orthogonal, 0 where all lie on one line.
 * More filters than weights per filter cannot all be orthogonal; random ones in d dimensions reach about 1 − √(2/πd).
 *
 * @example
 * filterOrthogonality(filterBank(Float64Array.of(1, 0, 0, 2), [2, 2])) // { determined: true, value: 1 }
 */
export function filterOrthogonality(bank: FilterBank): Determined {
  const between = pairs(filterSimilarity(bank));
  if (between.length === 0) return undetermined(tooFew);
  const mean = between.reduce((sum, value) => sum + Math.abs(value), 0) / between.length;
  return determined(1 - mean);
}

/**
 * Filter diversity: the effective number of directions among the filters, as a share of what is possible: the exponential of
 * the entropy of the eigenvalues of their cosine matrix, divided by min(filters, weights per filter). 1 where they spread over
 * as many directions as they can, near 0 where all are one.
 *
 * Source: the effective rank of Roy & Vetterli 2007, on the cosine matrix.
 * @example
 * filterDiversity(filterBank(Float64Array.of(1, 0, 0, 2), [2, 2])) // { determined: true, value: 1 }
 */
export function filterDiversity(bank: FilterBank): Determined {
  const similarity = filterSimilarity(bank);
  const alive = similarity.flatMap((row, i) => (row[i] === null ? [] : [i]));
  if (alive.length < 2) return undetermined(tooFew);
  const cosines = Float64Array.from(alive.flatMap((i) => alive.map((j) => similarity[i][j]!)));
  const shares = symmetricEigenvalues(cosines, alive.length).map(
    (value) => Math.max(0, value) / alive.length,
  );
  const entropy = shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
  const possible = Math.min(alive.length, bank.weights.length / bank.filters);
  return determined(Math.exp(entropy) / possible);
}

const tooFew = 'fewer than two filters are finite and not zero';

function pairs(similarity: readonly (readonly (number | null)[])[]): number[] {
  return similarity.flatMap((row, i) => row.slice(i + 1).filter((value) => value !== null));
}
