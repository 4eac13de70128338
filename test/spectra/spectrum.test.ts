import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { createRandom, permutation } from '../../src/numerics/random.ts';
import { metricNames, metrics } from '../../src/spectra/metrics.ts';
import { spectraOf, spectrumOf } from '../../src/spectra/spectrum.ts';
import type { Matrix, Spectrum } from '../../src/spectra/types.ts';
import {
  determinedValue,
  gaussianMatrix,
  largestDifference,
  mapElements,
  matrixFrom,
  reasonOf,
  reflected,
  transposed,
} from './fixtures.ts';

const raw = { centering: 'none' } as const;
const matrices = fc
  .record({ rows: fc.integer({ min: 2, max: 24 }), columns: fc.integer({ min: 1, max: 24 }), seed: fc.nat() })
  .map(({ rows, columns, seed }) => gaussianMatrix(rows, columns, seed, { offset: 0.5 }));

describe('a spectrum', () => {
  it('is centered unless raw is asked for, and records which', () => {
    const matrix = matrixFrom([
      [3, 0],
      [0, 4],
    ]);
    expect(spectrumOf(matrix)).toMatchObject({ centering: 'columns', samples: 2, features: 2 });
    expect(spectrumOf(matrix, raw)).toMatchObject({ centering: 'none', samples: 2, features: 2 });
    expect(Array.from(spectrumOf(matrix, raw).singularValues, (v) => v.toFixed(12))).toEqual([
      '4.000000000000',
      '3.000000000000',
    ]);
    // Centered rows are ±(1.5, −2), of length 2.5 each.
    expect(spectrumOf(matrix).singularValues[0]).toBeCloseTo(2.5 * Math.SQRT2, 12);
    expect(spectrumOf(matrix).singularValues[1]).toBe(0);
  });

  it('gives both spectra at once with the same bits as one by one', () => {
    for (const [rows, columns] of [
      [30, 7],
      [7, 30],
    ]) {
      const matrix = gaussianMatrix(rows, columns, 1, { offset: 2 });
      const { centered, raw: uncentered } = spectraOf(matrix);
      expect(centered).toEqual(spectrumOf(matrix));
      expect(uncentered).toEqual(spectrumOf(matrix, raw));
    }
  });

  it('does not change its input and repeats bit for bit', () => {
    const matrix = gaussianMatrix(20, 12, 5);
    const before = matrix.data.slice();
    const first = spectraOf(matrix);
    expect(matrix.data).toEqual(before);
    expect(spectraOf(matrix)).toEqual(first);
  });

  it('carries the fourth moment of the centered rows', () => {
    // Centered rows: (−1, −2), (0, 0), (1, 2), of squared length 5, 0, 5.
    const matrix = matrixFrom([
      [1, 2],
      [2, 4],
      [3, 6],
    ]);
    expect(spectrumOf(matrix).rowFourthMoment).toBeCloseTo(50, 12);
    expect(spectrumOf(matrix, raw).rowFourthMoment).toBeCloseTo(50, 12);
  });
});

describe('the mean', () => {
  it.each([
    { rows: 160, columns: 24, offset: 1e6 },
    { rows: 24, columns: 160, offset: 1e6 },
  ])(
    'costs no digits of the centered spectrum, however large ($rows × $columns)',
    ({ rows, columns, offset }) => {
      // Multiples of 2^-20 stay exact when the offset is added, so both matrices are the same once centered.
      const grid = mapElements(
        gaussianMatrix(rows, columns, 3),
        (value) => Math.round(value * 2 ** 20) / 2 ** 20,
      );
      const shifted = mapElements(grid, (value) => value + offset);
      const error = largestDifference(spectrumOf(shifted).singularValues, spectrumOf(grid).singularValues);
      expect(error).toBeLessThan(1e-13);
    },
  );

  it.each([
    { rows: 160, columns: 24 },
    { rows: 24, columns: 160 },
  ])('added back gives the raw spectrum of the matrix itself ($rows × $columns)', ({ rows, columns }) => {
    const matrix = gaussianMatrix(rows, columns, 4, { offset: 30 });
    // The same matrix below its own negative has column means of zero, and √2 times its raw singular values.
    const balanced: Matrix = {
      data: Float64Array.from([...matrix.data, ...matrix.data.map((value) => -value)]),
      rows: 2 * rows,
      columns,
    };
    const direct = spectrumOf(balanced).singularValues.map((value) => value / Math.SQRT2);
    const values = spectrumOf(matrix, raw).singularValues;
    for (const [i, value] of values.entries())
      expect(Math.abs(value / direct[i] - 1), `σ[${i}]`).toBeLessThan(1e-9);
  });
});

describe('invariants of the spectrum', () => {
  it('Σσ² is the squared Frobenius norm', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const { centered, raw: uncentered } = spectraOf(matrix);
        const squares = (values: Float64Array): number =>
          values.reduce((sum, value) => sum + value * value, 0);
        const means = Array.from({ length: matrix.columns }, (_, c) => {
          let sum = 0;
          for (let r = 0; r < matrix.rows; r++) sum += matrix.data[r * matrix.columns + c];
          return sum / matrix.rows;
        });
        const deviations = mapElements(matrix, (value, _, c) => value - means[c]);
        expect(squares(uncentered.singularValues) / squares(Float64Array.from(matrix.data))).toBeCloseTo(
          1,
          12,
        );
        expect(squares(centered.singularValues) / squares(Float64Array.from(deviations.data))).toBeCloseTo(
          1,
          12,
        );
      }),
    );
  });

  it('values descend, and min(P, Q) of them are given', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        for (const { singularValues } of both(matrix)) {
          expect(singularValues).toHaveLength(Math.min(matrix.rows, matrix.columns));
          expect(singularValues.every((value, i) => i === 0 || value <= singularValues[i - 1])).toBe(true);
          expect(singularValues.every((value) => value >= 0)).toBe(true);
        }
      }),
    );
  });

  it('a multiple of the matrix has multiples of its values, from 1e-140 to 1e140', () => {
    fc.assert(
      fc.property(matrices, fc.integer({ min: -140, max: 140 }), (matrix, exponent) => {
        const factor = 10 ** exponent;
        const scaled = spectraOf(mapElements(matrix, (value) => -value * factor));
        const plain = spectraOf(matrix);
        for (const which of ['centered', 'raw'] as const) {
          const back = scaled[which].singularValues.map((value) => value / factor);
          expect(largestDifference(back, plain[which].singularValues)).toBeLessThan(1e-7);
          expect(largestDifference(squared(back), squared(plain[which].singularValues))).toBeLessThan(1e-13);
        }
      }),
    );
  });

  it('order of rows and of columns does not matter, nor does a reflection of the feature space', () => {
    fc.assert(
      fc.property(matrices, fc.nat(), (matrix, seed) => {
        const rng = createRandom(seed);
        const rowOrder = permutation(matrix.rows, rng);
        const columnOrder = permutation(matrix.columns, rng);
        const shuffled = mapElements(
          matrix,
          (_, r, c) => matrix.data[rowOrder[r] * matrix.columns + columnOrder[c]],
        );
        const plain = spectraOf(matrix);
        for (const other of [shuffled, reflected(matrix, seed)].map(spectraOf)) {
          for (const which of ['centered', 'raw'] as const) {
            const difference = largestDifference(
              squared(other[which].singularValues),
              squared(plain[which].singularValues),
            );
            expect(difference).toBeLessThan(1e-13);
          }
        }
      }),
    );
  });

  it('the raw values of a matrix and of its transpose are the same', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const difference = largestDifference(
          squared(spectrumOf(transposed(matrix), raw).singularValues),
          squared(spectrumOf(matrix, raw).singularValues),
        );
        expect(difference).toBeLessThan(1e-13);
      }),
    );
  });

  it('adding a constant to a column leaves the centered values as they are', () => {
    fc.assert(
      fc.property(matrices, fc.double({ min: -100, max: 100, noNaN: true }), (matrix, constant) => {
        const shifted = mapElements(matrix, (value, _, c) => (c === 0 ? value + constant : value));
        const difference = largestDifference(
          squared(spectrumOf(shifted).singularValues),
          squared(spectrumOf(matrix).singularValues),
        );
        expect(difference).toBeLessThan(1e-11);
      }),
    );
  });
});

describe('digits that are not there', () => {
  it('dead features give values of exactly zero, not rounding', () => {
    const matrix = mapElements(gaussianMatrix(40, 10, 8), (value, _, c) => (c % 2 === 0 ? value : 0.1));
    const { singularValues, reliable } = spectrumOf(matrix);
    expect(Array.from(singularValues.subarray(5))).toEqual([0, 0, 0, 0, 0]);
    expect(reliable).toBe(5);
  });

  it('as many centered rows as features, or fewer, have one value of exactly zero', () => {
    for (const columns of [12, 30]) {
      const { singularValues, reliable } = spectrumOf(gaussianMatrix(12, columns, 9));
      expect(singularValues[11]).toBe(0);
      expect(singularValues[10]).toBeGreaterThan(0.01);
      expect(reliable).toBe(11);
    }
  });

  it('values below 1e-6·σ₁ are not counted as reliable', () => {
    const diagonal = [1, 1e-2, 1e-4, 1e-5, 1e-7, 1e-9];
    const matrix = matrixFrom(diagonal.map((value, i) => diagonal.map((_, j) => (i === j ? value : 0))));
    expect(spectrumOf(matrix, raw).reliable).toBe(4);
  });
});

describe('where there is no spectrum', () => {
  const everyReason = (matrix: Matrix): Set<string> =>
    new Set(both(matrix).flatMap((spectrum) => metricNames.map((name) => reasonOf(metrics[name](spectrum)))));

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%s is named with its place',
    (value) => {
      const matrix = mapElements(gaussianMatrix(6, 4, 1), (old, r, c) => (r === 2 && c === 3 ? value : old));
      const spectrum = spectrumOf(matrix);
      expect(spectrum.undetermined).toBe(`the matrix holds ${value} in row 2, column 3`);
      expect(spectrum.reliable).toBe(0);
      expect(spectrum.singularValues.every(Number.isNaN)).toBe(true);
      expect([...everyReason(matrix)]).toEqual([`the matrix holds ${value} in row 2, column 3`]);
    },
  );

  it('an empty matrix says so', () => {
    expect([...everyReason({ data: new Float32Array(0), rows: 0, columns: 5 })]).toEqual([
      'the matrix is empty (0 samples, 5 features)',
    ]);
    expect([...everyReason({ data: new Float32Array(0), rows: 5, columns: 0 })]).toEqual([
      'the matrix is empty (5 samples, 0 features)',
    ]);
  });

  it('a zero matrix says so', () => {
    expect([...everyReason({ data: new Float32Array(12), rows: 4, columns: 3 })].sort()).toEqual([
      'every element of the matrix is zero',
      'every feature is constant over the samples (P = 4, Q = 3)',
    ]);
  });

  it('constant features of any size center to exactly nothing, and every centered metric says so', () => {
    const matrix = mapElements(gaussianMatrix(160, 3, 1), (_, __, c) => [0.1, 1e7 / 3, -1 / 3][c]);
    const { centered, raw: uncentered } = spectraOf(matrix);
    expect(Array.from(centered.singularValues)).toEqual([0, 0, 0]);
    for (const name of metricNames)
      expect(reasonOf(metrics[name](centered))).toMatch(/every feature is constant/);
    expect(determinedValue(metrics.stable_rank(uncentered))).toBeCloseTo(1, 12);
  });

  it('one sample has no centered spectrum, but a raw one', () => {
    const { centered, raw: uncentered } = spectraOf(matrixFrom([[3, 4, 12]]));
    for (const name of metricNames)
      expect(reasonOf(metrics[name](centered))).toMatch(/one sample|at least 4/);
    expect(uncentered.singularValues[0]).toBeCloseTo(13, 12);
    expect(determinedValue(metrics.effective_rank(uncentered))).toBeCloseTo(1, 12);
  });

  it.each([
    { rows: 2, columns: 3, field: 'matrix.data.length' },
    { rows: -1, columns: -4, field: 'matrix.rows' },
    { rows: 2.5, columns: 1.6, field: 'matrix.rows' },
    { rows: 4, columns: Number.NaN, field: 'matrix.columns' },
  ])('a shape of $rows × $columns for four elements is refused', ({ rows, columns, field }) => {
    const attempt = (): unknown => spectrumOf({ data: new Float32Array(4), rows, columns });
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(field);
  });
});

/** Absolute errors are even in σ²; a zero value of σ is uncertain by the square root of rounding. */
function squared(values: Float64Array): Float64Array {
  return values.map((value) => value * value);
}

function both(matrix: Matrix): Spectrum[] {
  const { centered, raw: uncentered } = spectraOf(matrix);
  return [centered, uncentered];
}
