import { addGram } from '../numerics/gram-matrix.ts';
import type { CenteredGram } from './centered-gram.ts';
import type { RowMoments } from './metrics/participation-ratio-corrected.ts';

/**
 * The moments of centered rows after some rows are left out and the rest are centered anew, each in a few steps,
 * whatever P and Q.
 *
 * With s the sum of the rows left out and γ = 1/(number that stay), the mean moves by −γ s: every row x that stays
 * becomes x + γ s, and the scatter matrix M becomes M − Σ y yᵀ − γ s sᵀ over the rows y left out. All that is needed of
 * them are inner products y · y′ and y M y′.
 *
 * @param centered over samples, so that it holds all inner products.
 * @returns a function of the row numbers to leave out (none gives the moments of all rows).
 * @example
 * const without = leaveOutMoments(centeredGram(matrix, 'samples', 1), matrix.columns);
 * without([3, 7]).scatterTrace;
 */
export function leaveOutMoments(
  { gram, order: n, rowSquares }: CenteredGram,
  features: number,
): (left: readonly number[]) => RowMoments {
  const products = mirrored(gram, n);
  const quadratics = new Float64Array(n * n); // y M y′
  addGram(quadratics, n, products, n);
  const dot = (i: number, j: number): number => products[i * n + j];
  const quadratic = (i: number, j: number): number => quadratics[Math.max(i, j) * n + Math.min(i, j)];

  const trace = sum(rowSquares);
  const square = sum(products.map((value) => value * value));
  const fourth = sum(rowSquares.map((value) => value * value));
  const weighted = Float64Array.from({ length: n }, (_, i) => {
    let total = 0;
    for (let k = 0; k < n; k++) total += rowSquares[k] * dot(i, k);
    return total; // Σₖ ‖xₖ‖² xₖ · y
  });

  return (left) => {
    const gamma = 1 / (n - left.length);
    let ownSquares = 0;
    let ownQuadratics = 0;
    let ownWeighted = 0;
    let pairSquares = 0;
    let sumSquare = 0; // ‖s‖²
    let sumQuadratic = 0; // s M s
    let sumDots = 0; // Σ (y · s)²
    for (const i of left) {
      let dotSum = 0;
      for (const j of left) {
        dotSum += dot(i, j);
        pairSquares += dot(i, j) ** 2;
        sumQuadratic += quadratic(i, j);
      }
      ownSquares += rowSquares[i];
      ownQuadratics += quadratic(i, i);
      ownWeighted += weighted[i];
      sumSquare += dotSum;
      sumDots += dotSum * dotSum;
    }
    const shift = gamma * gamma * sumSquare;
    let fourthMoment =
      fourth +
      4 * gamma * gamma * sumQuadratic +
      n * shift * shift +
      4 * gamma * ownWeighted +
      2 * shift * trace;
    for (const k of left) {
      let dotSum = 0;
      for (const j of left) dotSum += dot(k, j);
      fourthMoment -= (rowSquares[k] + 2 * gamma * dotSum + shift) ** 2;
    }
    return {
      samples: n - left.length,
      features,
      scatterTrace: trace - ownSquares - gamma * sumSquare,
      scatterSquare:
        square -
        2 * (ownQuadratics + gamma * sumQuadratic) +
        pairSquares +
        (gamma * sumSquare) ** 2 +
        2 * gamma * sumDots,
      fourthMoment,
    };
  };
}

function mirrored(lower: Float64Array, order: number): Float64Array {
  const full = lower.slice();
  for (let i = 0; i < order; i++) for (let j = 0; j < i; j++) full[j * order + i] = full[i * order + j];
  return full;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
