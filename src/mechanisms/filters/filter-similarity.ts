import { addGramOf } from '../../numerics/gram-matrix.ts';
import { symmetricEigenvalues } from '../../numerics/symmetric-eigenvalues.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import { type FilterBank, filterOf } from './filter-bank.ts';

/** Cosines between all filters of a layer. */
export interface FilterCosines {
  /** Row-major `[filter, filter]`, symmetric; 0 where one of the two has no direction. */
  readonly cosines: Float64Array;
  readonly filters: number;
  /** Indices of the filters that have a direction: they are finite and not zero. */
  readonly alive: readonly number[];
  /** As many directions as the filters could have. */
  readonly possible: number;
}

/** Columns of the filters that are multiplied at once: they stay in the processor's cache. */
const PANEL = 256;

/** The cosines that all measures of a bank's directions are taken of; see `filterSimilarity`. */
export function filterCosines(bank: FilterBank): FilterCosines {
  const { weights, filters } = bank;
  const size = filters === 0 ? 0 : weights.length / filters;
  const norms = Float64Array.from({ length: filters }, (_, i) => {
    let square = 0;
    for (const weight of filterOf(bank, i)) square += weight * weight;
    return Math.sqrt(square);
  });
  const alive = [...norms.keys()].filter((i) => norms[i] > 0 && norms[i] < Number.POSITIVE_INFINITY);
  const cosines = new Float64Array(filters * filters);
  const directions = new Set(alive);
  for (let from = 0; from < size; from += PANEL) {
    const width = Math.min(PANEL, size - from);
    addGramOf(cosines, filters, width, (panel, stride) => {
      for (let i = 0; i < filters; i++) {
        if (!directions.has(i)) continue;
        const start = i * size + from;
        for (let j = 0; j < width; j++) panel[i * stride + j] = weights[start + j] / norms[i];
      }
    });
  }
  for (let i = 0; i < filters; i++) {
    cosines[i * filters + i] = directions.has(i) ? 1 : 0;
    for (let j = 0; j < i; j++) {
      const value = Math.max(-1, Math.min(1, cosines[i * filters + j]));
      cosines[i * filters + j] = cosines[j * filters + i] = value;
    }
  }
  return { cosines, filters, alive, possible: Math.min(alive.length, size) };
}

/**
 * Cosines between all filters of a layer: 1 for the same direction, −1 for opposite ones, 0 for orthogonal ones.
 *
 * @returns `[filter][filter]`, symmetric; null where one of the two is zero or not finite.
 * @example
 * filterSimilarity(filterBank(Float64Array.of(1, 0, 3, 4), [2, 2]))[0][1] // 0.6
 */
export function filterSimilarity(bank: FilterBank): (number | null)[][] {
  const { cosines, filters, alive } = filterCosines(bank);
  const directions = new Set(alive);
  return Array.from({ length: filters }, (_, i) =>
    Array.from({ length: filters }, (_, j) =>
      directions.has(i) && directions.has(j) ? cosines[i * filters + j] : null,
    ),
  );
}

/**
 * Filter orthogonality: 1 − the mean |cosine| between different filters. 1 where all are orthogonal, 0 where all lie on one line.
 * More filters than weights per filter cannot all be orthogonal; random ones in d dimensions reach about 1 − √(2/πd).
 *
 * @example
 * filterOrthogonality(filterBank(Float64Array.of(1, 0, 0, 2), [2, 2])) // { determined: true, value: 1 }
 */
export function filterOrthogonality(bank: FilterBank): Determined {
  return orthogonalityOf(filterCosines(bank));
}

/** As `filterOrthogonality`, given the cosines. */
export function orthogonalityOf({ cosines, filters, alive }: FilterCosines): Determined {
  if (alive.length < 2) return undetermined(tooFew);
  let sum = 0;
  for (const i of alive) for (let j = 0; j < i; j++) sum += Math.abs(cosines[i * filters + j]);
  return determined(1 - sum / ((alive.length * (alive.length - 1)) / 2));
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
  return diversityOf(filterCosines(bank));
}

/** As `filterDiversity`, given the cosines. */
export function diversityOf({ cosines, filters, alive, possible }: FilterCosines): Determined {
  const n = alive.length;
  if (n < 2) return undetermined(tooFew);
  const between = new Float64Array(n * n);
  alive.forEach((i, row) => {
    alive.forEach((j, column) => {
      between[row * n + column] = cosines[i * filters + j];
    });
  });
  const shares = symmetricEigenvalues(between, n).map((value) => Math.max(0, value) / n);
  const entropy = shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
  return determined(Math.exp(entropy) / possible);
}

const tooFew = 'fewer than two filters are finite and not zero';
