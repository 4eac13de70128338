import { symmetricEigenvectors } from '../../numerics/symmetric-eigenvectors.ts';
import { centeredGram } from '../../spectra/centered-gram.ts';
import type { Matrix } from '../../spectra/types.ts';

/** A centered representation seen from its examples: its left singular vectors. */
export interface SampleDirections {
  /** Singular values of the column-centered matrix, descending, at most examples − 1. */
  readonly singularValues: Float64Array;
  /** Row-major `[directions, examples]`, orthonormal rows. */
  readonly directions: Float64Array;
  readonly examples: number;
}

/** Smallest singular value that carries digits when taken from a Gram matrix, as a share of the largest. */
const RELIABLE = 1e-6;

/**
 * Left singular vectors of a representation, its columns centered, from the Gram matrix of its examples. Those below 1e-6 of the largest are
 * rounding and are left out.
 *
 * @param matrix `[examples, features]`, finite.
 */
export function sampleDirections(matrix: Matrix): SampleDirections {
  const { gram, order: n } = centeredGram(matrix, 'samples', 1);
  const { values, vectors } = symmetricEigenvectors(gram, n);
  const kept = values.findIndex((value) => !(value > values[0] * RELIABLE ** 2));
  const count = kept < 0 ? n : kept;
  return {
    singularValues: values.slice(0, count).map(Math.sqrt),
    directions: vectors.slice(0, count * n),
    examples: n,
  };
}
