import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { inverseCholesky } from '../../src/numerics/cholesky.ts';
import { createRandom } from '../../src/numerics/random.ts';

describe('the inverse Cholesky factor', () => {
  it('gives the inverse that ml-matrix gives', () => {
    const random = createRandom('cholesky');
    const x = new Matrix(Array.from({ length: 12 }, () => Array.from({ length: 20 }, () => random.normal())));
    const a = x.mmul(x.transpose());
    const factor = Matrix.from1DArray(12, 12, inverseCholesky(Float64Array.from(a.to1DArray()), 12)!);
    const found = factor.transpose().mmul(factor).to1DArray();
    inverse(a)
      .to1DArray()
      .forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 11);
      });
    expect(factor.get(0, 11)).toBe(0);
  });

  it('is none of a matrix that is not positive definite, or not finite', () => {
    expect(inverseCholesky(Float64Array.of(1, 0, 2, 1), 2)).toBeNull();
    expect(inverseCholesky(Float64Array.of(0), 1)).toBeNull();
    expect(inverseCholesky(Float64Array.of(Number.NaN), 1)).toBeNull();
    expect(inverseCholesky(Float64Array.of(Infinity), 1)).toBeNull();
  });
});
