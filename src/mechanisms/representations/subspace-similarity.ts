import { InputError } from '../../errors/input-error.ts';
import { symmetricEigenvalues } from '../../numerics/symmetric-eigenvalues.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { SampleDirections } from './sample-directions.ts';

/**
 * SVCCA similarity: mean canonical correlation between the leading directions of two representations, those that carry `share` of
 * each one's variance. 0 to 1. Unrelated representations score about √(k/n) with k directions and n examples: compare with shuffled rows.
 *
 * @param one directions of a representation (see `sampleDirections`).
 * @param other of the same examples.
 * @param share of variance, default 0.99.
 * @throws InputError if the examples differ in number.
 * Source: Raghu et al. 2017, *SVCCA: singular vector canonical correlation analysis*.
 */
export function svcca(one: SampleDirections, other: SampleDirections, share = 0.99): Determined {
  const [k, l] = [leading(one, share), leading(other, share)];
  if (k === 0 || l === 0) return undetermined(constant);
  const correlations = singularValuesOf(overlaps(one, other, k, l, false), k, l);
  return determined(correlations.reduce((sum, value) => sum + value, 0) / Math.min(k, l));
}

/**
 * Orthogonal Procrustes similarity, 1 − d²/2 with d the distance that is left between two representations, each centered and of norm
 * 1, after the best rotation: ‖XᵀY‖_*, 0 to 1, 1 for equal ones up to rotation and scale. Weighs small directions more than
 * CKA does. Exact to about 1e-6 of the largest direction.
 *
 * @throws InputError if the examples differ in number.
 * Source: Schönemann 1966; Ding et al. 2021, *Grounding representation similarity with statistical testing*.
 */
export function procrustes(one: SampleDirections, other: SampleDirections): Determined {
  const [k, l] = [one.singularValues.length, other.singularValues.length];
  if (k === 0 || l === 0) return undetermined(constant);
  const nuclear = singularValuesOf(overlaps(one, other, k, l, true), k, l).reduce(
    (sum, value) => sum + value,
    0,
  );
  const norm = ({ singularValues }: SampleDirections): number =>
    Math.sqrt(singularValues.reduce((sum, value) => sum + value * value, 0));
  return determined(nuclear / norm(one) / norm(other));
}

const constant = 'a representation does not vary over the examples';

function leading({ singularValues }: SampleDirections, share: number): number {
  const variances = singularValues.map((value) => value * value);
  const total = variances.reduce((sum, value) => sum + value, 0);
  let [sum, count] = [0, 0];
  while (count < variances.length && sum < share * total) sum += variances[count++];
  return count;
}

/** Inner products of directions, `[k, l]`, weighed by their singular values where asked. */
function overlaps(
  one: SampleDirections,
  other: SampleDirections,
  k: number,
  l: number,
  weighed: boolean,
): Float64Array {
  const n = one.examples;
  if (other.examples !== n) {
    throw new InputError({
      field: 'examples',
      value: other.examples,
      allowed: `${n}, as the other representation`,
    });
  }
  return Float64Array.from({ length: k * l }, (_, at) => {
    const [i, j] = [Math.floor(at / l), at % l];
    let dot = 0;
    for (let e = 0; e < n; e++) dot += one.directions[i * n + e] * other.directions[j * n + e];
    return weighed ? dot * one.singularValues[i] * other.singularValues[j] : dot;
  });
}

/** Singular values of a small matrix, through the Gram matrix of its shorter side. */
function singularValuesOf(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const isWide = rows <= columns;
  const [order, inner] = isWide ? [rows, columns] : [columns, rows];
  const at = (i: number, e: number): number => matrix[isWide ? i * columns + e : e * columns + i];
  const gram = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      for (let e = 0; e < inner; e++) gram[i * order + j] += at(i, e) * at(j, e);
    }
  }
  return symmetricEigenvalues(gram, order).map((value) => Math.sqrt(Math.max(0, value)));
}
