import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { powerOfTwoNear, symmetricEigenvalues } from '../../src/numerics/symmetric-eigenvalues.ts';
import { maxRelativeDifference, randomSymmetric, withEigenvalues } from './symmetric-matrices.ts';

/** Values below the normal numbers would be rounded away while the matrix is built. */
const eigenvalueLists = fc.array(
  fc.double({ min: -10, max: 10, noNaN: true }).map((value) => (Math.abs(value) < 1e-290 ? 0 : value)),
  { minLength: 1, maxLength: 20 },
);
const descending = (values: readonly number[]): number[] => [...values].sort((a, b) => b - a);

describe('the eigenvalues of a symmetric matrix', () => {
  it('of the Hilbert matrix of order 6 are those of numpy.linalg.eigvalsh', () => {
    const hilbert = Float64Array.from({ length: 36 }, (_, at) => 1 / (Math.floor(at / 6) + (at % 6) + 1));
    const numpy = [
      1.6188998589243386, 0.2423608705752093, 0.016321521319875708, 0.0006157483541825938,
      1.257075712263069e-5, 1.0827994845192786e-7,
    ];
    const computed = symmetricEigenvalues(hilbert, 6);
    expect(maxRelativeDifference(computed, numpy)).toBeLessThan(1e-15);
  });

  it('agree with ml-matrix on random matrices of every order to 40', () => {
    for (let order = 1; order <= 40; order++) {
      const matrix = randomSymmetric(order, createRandom(order));
      const rows = Array.from({ length: order }, (_, i) =>
        Array.from(matrix.subarray(i * order, (i + 1) * order)),
      );
      const theirs = new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true }).realEigenvalues;
      expect(maxRelativeDifference(symmetricEigenvalues(matrix, order), descending(theirs))).toBeLessThan(
        1e-13,
      );
    }
  });

  it('are the ones the matrix was built from', () => {
    fc.assert(
      fc.property(eigenvalueLists, fc.nat(), (values, seed) => {
        const matrix = withEigenvalues(values, createRandom(seed));
        const computed = symmetricEigenvalues(matrix, values.length);
        expect(maxRelativeDifference(computed, descending(values))).toBeLessThan(1e-13);
      }),
    );
  });

  it('of clusters, repeated and zero values come out as often as they stand', () => {
    const values = [1, 1, 1, 1, 1 - 1e-9, 1e-8, 1e-8, 0, 0, 0, 0, 0];
    const computed = symmetricEigenvalues(withEigenvalues(values, createRandom(2)), values.length);
    expect(maxRelativeDifference(computed, values)).toBeLessThan(1e-14);
  });

  it('are found where reflections leave nothing but rounding, whatever the order', () => {
    for (let order = 1; order <= 120; order++) {
      const ones = new Float64Array(order * order).fill(1);
      const [largest, ...rest] = symmetricEigenvalues(ones, order);
      expect(Math.abs(largest / order - 1), `ones, order ${order}`).toBeLessThan(1e-14);
      expect(Math.max(0, ...rest.map(Math.abs)) / order).toBeLessThan(1e-14);

      const centering = ones.map((_, at) => (at % (order + 1) === 0 ? 1 : 0) - 1 / order);
      const exact = Array.from({ length: order }, (_, i) => (i < order - 1 ? 1 : 0));
      const computed = symmetricEigenvalues(centering, order);
      expect(maxRelativeDifference(computed, exact), `centering, order ${order}`).toBeLessThan(1e-14);
    }
  });

  it('scale with the matrix, from 1e-300 to 1e300', () => {
    const matrix = randomSymmetric(9, createRandom(4));
    const plain = symmetricEigenvalues(matrix, 9);
    for (const factor of [1e-300, 1e-160, 1e160, 1e300]) {
      const scaled = symmetricEigenvalues(
        matrix.map((value) => value * factor),
        9,
      );
      expect(
        maxRelativeDifference(
          scaled.map((value) => value / factor),
          plain,
        ),
      ).toBeLessThan(1e-14);
    }
  });

  it('are exactly zero for rows of zeros, wherever they stand', () => {
    const live = randomSymmetric(3, createRandom(5));
    const at = [1, 3, 4];
    const matrix = new Float64Array(36);
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) matrix[at[i] * 6 + at[j]] = live[i * 3 + j];
    const computed = Array.from(symmetricEigenvalues(matrix, 6));
    expect(computed.filter((value) => value === 0)).toHaveLength(3);
    expect(computed.filter((value) => value !== 0)).toEqual(Array.from(symmetricEigenvalues(live, 3)));
    expect(computed).toEqual(descending(computed));
    expect(Array.from(symmetricEigenvalues(new Float64Array(4), 2))).toEqual([0, 0]);
  });

  it('are read from the lower triangle alone, and the matrix stays as it was', () => {
    const matrix = Float64Array.of(2, Number.NaN, 1, 2);
    expect(Array.from(symmetricEigenvalues(matrix, 2), (value) => value.toFixed(14))).toEqual([
      '3.00000000000000',
      '1.00000000000000',
    ]);
    expect(Array.from(matrix)).toEqual([2, Number.NaN, 1, 2]);
  });

  it('of nothing are none', () => {
    expect(symmetricEigenvalues(new Float64Array(0), 0)).toHaveLength(0);
  });

  it('are refused where the input is no finite square matrix', () => {
    expect(() => symmetricEigenvalues(new Float64Array(5), 2)).toThrow('order² = 4');
    expect(() => symmetricEigenvalues(Float64Array.of(1, 0, Number.NaN, 1), 2)).toThrow(
      'matrix[1][0] is NaN',
    );
    expect(() => symmetricEigenvalues(Float64Array.of(1, 0, 0, Number.NEGATIVE_INFINITY), 2)).toThrow(
      RangeError,
    );
  });
});

describe('the power of two near a size', () => {
  it('divides it to within [1/2, 2], and stays among the normal numbers', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true }), (size) => {
        const unit = powerOfTwoNear(size);
        expect(Number.isInteger(Math.log2(unit))).toBe(true);
        expect(size / unit).toBeGreaterThanOrEqual(0.5);
        expect(size / unit).toBeLessThanOrEqual(2);
      }),
    );
    expect(powerOfTwoNear(Number.MIN_VALUE)).toBe(2 ** -1022);
    expect(powerOfTwoNear(Number.MAX_VALUE)).toBe(2 ** 1023);
  });
});
