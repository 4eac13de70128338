import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localCubicSmooth } from '../../src/numerics/local-cubic-smooth.ts';
import { dot, orthonormalPolynomials } from '../../src/numerics/orthonormal-polynomials.ts';

describe('local cubic smoothing', () => {
  it('is the Savitzky-Golay filter of SciPy, ends included', () => {
    // scipy.signal.savgol_filter(values, 7, 3, mode='interp') (SciPy 1.10.1)
    const values = Float64Array.of(1, 4, 2, 8, 5, 7, 1, 9, 3, 6, 2, 2.5);
    const expected = [
      1.4761904761904727, 2.357142857142865, 4.214285714285724, 6.047619047619051, 5.142857142857148,
      6.0000000000000036, 4.714285714285718, 5.3333333333333375, 4.809523809523814, 4.595238095238099,
      3.73809523809524, 1.8214285714285654,
    ];
    const smooth = localCubicSmooth(values, 3);
    for (let i = 0; i < expected.length; i++) expect(smooth[i]).toBeCloseTo(expected[i], 12);
  });

  it('leaves a cubic as it is, whatever the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 1, max: 40 }), (n, half) => {
        const cubic = Float64Array.from({ length: n }, (_, t) => 1 - 2 * t + 0.3 * t ** 2 - 0.01 * t ** 3);
        const smooth = localCubicSmooth(cubic, half);
        for (let t = 0; t < n; t++) expect(Math.abs(smooth[t] - cubic[t])).toBeLessThan(1e-7);
      }),
    );
  });
});

describe('orthonormal polynomials', () => {
  it('are orthonormal to rounding', () => {
    const basis = orthonormalPolynomials(120, 7);
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++)
        expect(Math.abs(dot(basis[i], basis[j]) - (i === j ? 1 : 0))).toBeLessThan(1e-14);
    }
  });

  it('span the monomials: t³ leaves nothing beyond degree 3', () => {
    const basis = orthonormalPolynomials(50, 5);
    const cube = Float64Array.from({ length: 50 }, (_, t) => (t / 50) ** 3);
    expect(Math.abs(dot(cube, basis[3]))).toBeGreaterThan(0.01);
    expect(Math.abs(dot(cube, basis[4]))).toBeLessThan(1e-13);
    expect(Math.abs(dot(cube, basis[5]))).toBeLessThan(1e-13);
  });

  it('refuse a degree that the points cannot carry', () => {
    expect(() => orthonormalPolynomials(3, 3)).toThrow('degree is 3');
  });
});
