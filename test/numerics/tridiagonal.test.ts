import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { tridiagonalize } from '../../src/numerics/tridiagonal.ts';
import { maxRelativeDifference, randomSymmetric } from './symmetric-matrices.ts';

describe('the tridiagonal form', () => {
  it('leaves a tridiagonal matrix as it is', () => {
    const { diagonal, offDiagonal } = tridiagonalize(Float64Array.of(1, 0, 0, 4, 2, 0, 0, 5, 3), 3);
    expect(Array.from(diagonal)).toEqual([1, 2, 3]);
    expect(Array.from(offDiagonal)).toEqual([4, 5, 0]);
  });

  it('keeps the power sums of the eigenvalues: tr A, tr A², tr A³ and tr A⁴', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 17 }), fc.nat(), (order, seed) => {
        const matrix = randomSymmetric(order, createRandom(seed));
        const { diagonal, offDiagonal } = tridiagonalize(matrix.slice(), order);
        const tridiagonal = Float64Array.from({ length: order * order }, (_, at) => {
          const [i, j] = [Math.floor(at / order), at % order];
          if (i === j) return diagonal[i];
          return Math.abs(i - j) === 1 ? offDiagonal[Math.min(i, j)] : 0;
        });
        const difference = maxRelativeDifference(powerSums(tridiagonal, order), powerSums(matrix, order));
        expect(difference).toBeLessThan(1e-12);
      }),
    );
  });
});

/** tr A, tr A², tr A³, tr A⁴, each over the size it could have at most, ‖A‖_F to that power. */
function powerSums(matrix: Float64Array, order: number): Float64Array {
  const norm = Math.hypot(...matrix);
  const sums = new Float64Array(5);
  sums[4] = 1;
  let power = Float64Array.from({ length: order * order }, (_, at) => (at % (order + 1) === 0 ? 1 : 0));
  for (let k = 0; k < 4; k++) {
    const next = new Float64Array(order * order);
    for (let i = 0; i < order; i++)
      for (let j = 0; j < order; j++)
        for (let l = 0; l < order; l++)
          next[i * order + j] += (power[i * order + l] * matrix[l * order + j]) / norm;
    power = next;
    for (let i = 0; i < order; i++) sums[k] += power[i * order + i];
  }
  return sums;
}
