import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined, Matrix } from '../../spectra/types.ts';

/**
 * Share of activations at or below a threshold in size (the published study's `activation_sparsity`). 0 to 1; depends on
 * the scale of the layer, which the other two do not.
 *
 * @param threshold default 0.1, the published study's.
 * @example
 * shareBelow({ data: Float64Array.of(0, 0.05, 1, -2), rows: 2, columns: 2 }) // { determined: true, value: 0.5 }
 */
export function shareBelow({ data }: Matrix, threshold = 0.1): Determined {
  if (data.length === 0 || !data.every(Number.isFinite)) return undetermined(notFinite);
  return determined(data.filter((value) => Math.abs(value) < threshold).length / data.length);
}

/**
 * Treves–Rolls lifetime sparsity of every unit, (1 − ⟨r⟩²/⟨r²⟩) / (1 − 1/n) with |activations| as rates r over n examples: 0 for
 * a unit that answers everything alike, 1 for one that answers a single example.
 *
 * Source: Treves & Rolls 1991, in the form of Vinje & Gallant 2000.
 * @example
 * trevesRolls({ data: Float64Array.of(0, 2, 0, 2), rows: 2, columns: 2 })
 * // [{ determined: false, reason: 'the unit is silent' }, { determined: true, value: 0 }]
 */
export function trevesRolls(matrix: Matrix): Determined[] {
  return perUnit(matrix, (rates, n) => {
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / n;
    const square = rates.reduce((sum, rate) => sum + rate * rate, 0) / n;
    return (1 - (mean * mean) / square) / (1 - 1 / n);
  });
}

/**
 * Hoyer sparsity of every unit over the examples, (√n − ‖r‖₁/‖r‖₂) / (√n − 1): 0 where all are equal in size, 1 where one alone is
 * not 0.
 *
 * Source: Hoyer 2004, *Non-negative matrix factorization with sparseness constraints*.
 * @example
 * hoyer({ data: Float64Array.of(3, 0, 0, 0), rows: 4, columns: 1 }) // [{ determined: true, value: 1 }]
 */
export function hoyer(matrix: Matrix): Determined[] {
  return perUnit(matrix, (rates, n) => {
    const sum = rates.reduce((total, rate) => total + rate, 0);
    const norm = Math.sqrt(rates.reduce((total, rate) => total + rate * rate, 0));
    return (Math.sqrt(n) - sum / norm) / (Math.sqrt(n) - 1);
  });
}

/**
 * Units that answer no example of the probe: every activation is at most `threshold` in size. After a ReLU they have no gradient either.
 *
 * @param threshold default 0: exactly silent.
 * @returns their indices, ascending.
 * @example
 * deadUnits({ data: Float64Array.of(0, 2, 0, 1), rows: 2, columns: 2 }) // [0]
 */
export function deadUnits({ data, rows, columns }: Matrix, threshold = 0): number[] {
  return Array.from({ length: columns }, (_, unit) => unit).filter((unit) => {
    for (let row = 0; row < rows; row++)
      if (!(Math.abs(data[row * columns + unit]) <= threshold)) return false;
    return true;
  });
}

const notFinite = 'an activation is not finite';

function perUnit(
  { data, rows, columns }: Matrix,
  sparsity: (rates: Float64Array, examples: number) => number,
): Determined[] {
  return Array.from({ length: columns }, (_, unit): Determined => {
    if (rows < 2) return undetermined('at least two examples are needed');
    const rates = Float64Array.from({ length: rows }, (_, row) => Math.abs(data[row * columns + unit]));
    if (!rates.every(Number.isFinite)) return undetermined(notFinite);
    if (rates.every((rate) => rate === 0)) return undetermined('the unit is silent');
    return determined(Math.max(0, Math.min(1, sparsity(rates, rows))));
  });
}
