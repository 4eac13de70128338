import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { symmetricEigenvalues } from '../../src/numerics/symmetric-eigenvalues.ts';
import { symmetricEigenvectors } from '../../src/numerics/symmetric-eigenvectors.ts';

describe('eigenvectors of a symmetric matrix', () => {
  it('are orthonormal, and stretched by their eigenvalues', () => {
    const n = 30;
    const random = createRandom(5);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = random.normal();
    const { values, vectors } = symmetricEigenvectors(matrix, n);
    symmetricEigenvalues(matrix, n).forEach((value, k) => {
      expect(values[k]).toBeCloseTo(value, 11);
    });
    for (let k = 0; k < n; k++) {
      for (let l = 0; l <= k; l++) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += vectors[k * n + i] * vectors[l * n + i];
        expect(dot).toBeCloseTo(k === l ? 1 : 0, 11);
      }
      for (let i = 0; i < n; i++) {
        let product = 0;
        for (let j = 0; j < n; j++) product += matrix[i * n + j] * vectors[k * n + j];
        expect(product).toBeCloseTo(values[k] * vectors[k * n + i], 10);
      }
    }
  });

  it('has directions for a matrix of zeros too, and refuses what is no matrix', () => {
    expect([...symmetricEigenvectors(new Float64Array(4), 2).vectors]).toEqual([1, 0, 0, 1]);
    expect(() => symmetricEigenvectors(new Float64Array(3), 2)).toThrow(RangeError);
    expect(() => symmetricEigenvectors(Float64Array.of(Number.NaN), 1)).toThrow(/finite/);
  });
});
