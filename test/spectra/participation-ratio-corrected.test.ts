import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centeredGram } from '../../src/spectra/centered-gram.ts';
import { leaveOutMoments } from '../../src/spectra/leave-out-moments.ts';
import { participationRatio } from '../../src/spectra/metrics/participation-ratio.ts';
import {
  correctedRatio,
  participationRatioCorrected,
} from '../../src/spectra/metrics/participation-ratio-corrected.ts';
import { participationRatioCorrectedWithError } from '../../src/spectra/participation-ratio-corrected-error.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import type { Matrix } from '../../src/spectra/types.ts';
import { determinedValue, gaussianMatrix, mapElements, matrixFrom, reasonOf } from './fixtures.ts';

const corrected = (matrix: Matrix): number =>
  determinedValue(participationRatioCorrected(spectrumOf(matrix)));

describe('the participation ratio corrected for finite samples', () => {
  it('is the ratio of averages over products of different samples, which are unbiased by construction', () => {
    // The U-statistics: tr Σ² from (a − b)·(c − d) and (tr Σ)² from ‖a − b‖² ‖c − d‖², over all distinct a, b, c, d.
    const matrix = gaussianMatrix(7, 3, 1, { offset: 1 });
    const row = (i: number): Float64Array => Float64Array.from(matrix.data.subarray(i * 3, i * 3 + 3));
    const minus = (a: number, b: number): Float64Array => row(a).map((value, k) => value - row(b)[k]);
    const dot = (x: Float64Array, y: Float64Array): number =>
      x.reduce((sum, value, k) => sum + value * y[k], 0);
    let traceOfSquare = 0;
    let squareOfTrace = 0;
    for (let a = 0; a < 7; a++) {
      for (let b = 0; b < 7; b++) {
        for (let c = 0; c < 7; c++) {
          for (let d = 0; d < 7; d++) {
            if (new Set([a, b, c, d]).size < 4) continue;
            const [x, y] = [minus(a, b), minus(c, d)];
            traceOfSquare += dot(x, y) ** 2;
            squareOfTrace += dot(x, x) * dot(y, y);
          }
        }
      }
    }
    expect(corrected(matrix)).toBeCloseTo(squareOfTrace / traceOfSquare, 10);
  });

  // Means over many draws; the limits are four standard errors of the simulated mean around the published figures.
  it.each([
    { samples: 20, runs: 60, plain: 16.6, mean: 129.7, spread: 14 },
    { samples: 40, runs: 40, plain: 30, mean: 128.9, spread: 7 },
    { samples: 160, runs: 12, plain: 71, mean: 128.1, spread: 1.6 },
  ])('reads 128 isotropic dimensions from $samples samples, where the plain one reads $plain', (expected) => {
    const { samples, runs, plain, mean, spread } = expected;
    const draws = Array.from({ length: runs }, (_, run) => gaussianMatrix(samples, 128, `${samples}/${run}`));
    const average = (of: (matrix: Matrix) => number): number =>
      draws.reduce((sum, matrix) => sum + of(matrix) / runs, 0);
    expect(Math.abs(average(corrected) - mean)).toBeLessThan((4 * spread) / Math.sqrt(runs));
    const uncorrected = average((matrix) => determinedValue(participationRatio(spectrumOf(matrix))));
    expect(Math.abs(uncorrected - plain)).toBeLessThan(1);
  });

  it('reads 13.8 on λ = 1/i, Q = 64, from 160 samples', () => {
    const runs = 40;
    const draws = Array.from({ length: runs }, (_, run) =>
      corrected(gaussianMatrix(160, 64, `decay/${run}`, { scale: (c) => 1 / Math.sqrt(c + 1) })),
    );
    const mean = draws.reduce((sum, value) => sum + value / runs, 0);
    expect(Math.abs(mean - 14)).toBeLessThan((4 * 1.3) / Math.sqrt(runs));
  });

  it('is 1 for a single feature, up to rounding', () => {
    expect(corrected(gaussianMatrix(30, 1, 2))).toBeCloseTo(1, 9);
  });

  it('is not determined for raw spectra, fewer than four samples, or a missing fourth moment', () => {
    const matrix = gaussianMatrix(20, 5, 3);
    expect(reasonOf(participationRatioCorrected(spectrumOf(matrix, { centering: 'none' })))).toMatch(
      /centered/,
    );
    expect(reasonOf(participationRatioCorrected(spectrumOf(gaussianMatrix(3, 2, 3))))).toMatch(
      /at least 4 samples \(P = 3, Q = 2\)/,
    );
    for (const rowFourthMoment of [Number.NaN, 0, Number.POSITIVE_INFINITY]) {
      const spectrum = { ...spectrumOf(matrix), rowFourthMoment };
      expect(reasonOf(participationRatioCorrected(spectrum))).toMatch(/fourth moment .* \(P = 20, Q = 5\)/);
    }
  });

  it('is not determined where one sample holds all of the variance', () => {
    const matrix = mapElements(gaussianMatrix(40, 6, 4), (_, r, c) => (r === 0 && c === 0 ? 1 : 0));
    expect(reasonOf(participationRatioCorrected(spectrumOf(matrix)))).toMatch(
      /not safely positive \(P = 40, Q = 6\)/,
    );
  });

  it('is not determined where samples are equally far from each other: no two vary together', () => {
    const simplex = matrixFrom(
      [...Array(8).keys()].map((i) => [...Array(8).keys()].map((j) => (i === j ? 1 : 0))),
    );
    expect(reasonOf(participationRatioCorrected(spectrumOf(simplex)))).toMatch(/\(P = 8, Q = 8\)/);
  });

  it('is not determined where the ratio is absurd', () => {
    const moments = { samples: 20, features: 4, scatterTrace: 19, scatterSquare: 19.2, fourthMoment: 18.1 };
    expect(reasonOf(correctedRatio(moments))).toMatch(/far outside 1 to Q.*\(P = 20, Q = 4\)/);
  });
});

describe('its standard error', () => {
  it('comes with the same estimate as the spectrum gives', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 12, max: 30 }),
        fc.integer({ min: 2, max: 30 }),
        (seed, rows, columns) => {
          const matrix = gaussianMatrix(rows, columns, seed, { offset: 5 });
          const { estimate } = participationRatioCorrectedWithError(matrix);
          const plain = participationRatioCorrected(spectrumOf(matrix));
          expect(estimate.determined).toBe(plain.determined);
          if (estimate.determined && plain.determined) expect(estimate.value / plain.value).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('rests on the moments that leaving rows out and starting afresh gives', () => {
    const matrix = gaussianMatrix(9, 4, 6, { offset: 2 });
    const fast = leaveOutMoments(centeredGram(matrix, 'samples', 1), 4);
    for (const left of [[], [0], [8], [2, 5], [7, 1], [0, 3, 6]]) {
      const kept = [...Array(9).keys()].filter((row) => !left.includes(row));
      const rest = matrixFrom(kept.map((row) => Array.from(matrix.data.subarray(row * 4, row * 4 + 4))));
      const { singularValues, rowFourthMoment } = spectrumOf(rest);
      const moments = fast(left);
      expect(moments.samples).toBe(9 - left.length);
      expect(moments.scatterTrace).toBeCloseTo(sumOfPowers(singularValues, 2), 10);
      expect(moments.scatterSquare).toBeCloseTo(sumOfPowers(singularValues, 4), 9);
      expect(moments.fourthMoment).toBeCloseTo(rowFourthMoment, 9);
    }
  });

  // Isotropic data is the case where leaving out one row alone would overstate the error by √2.
  it.each([
    { name: 'isotropic', columns: 128, samples: 40, scale: () => 1, runs: 60 },
    { name: 'λ = 1/i', columns: 64, samples: 40, scale: (c: number) => 1 / Math.sqrt(c + 1), runs: 60 },
  ])(
    'is the spread of the estimate over repeated samples ($name)',
    ({ name, columns, samples, scale, runs }) => {
      const results = Array.from({ length: runs }, (_, run) =>
        participationRatioCorrectedWithError(gaussianMatrix(samples, columns, `${name}/${run}`, { scale })),
      );
      const estimates = results.map(({ estimate }) => determinedValue(estimate));
      const errors = results.map(({ standardError }) => determinedValue(standardError));
      const mean = estimates.reduce((sum, value) => sum + value / runs, 0);
      const spread = Math.sqrt(estimates.reduce((sum, value) => sum + (value - mean) ** 2 / (runs - 1), 0));
      const typical = Math.sqrt(errors.reduce((sum, value) => sum + value ** 2 / runs, 0));
      // The spread of 60 draws is itself uncertain by 9 %: three times that, below √2.
      expect(typical / spread).toBeGreaterThan(0.73);
      expect(typical / spread).toBeLessThan(1.3);
    },
  );

  it('says why it is missing', () => {
    const few = participationRatioCorrectedWithError(gaussianMatrix(5, 3, 1));
    expect(determinedValue(few.estimate)).toBeGreaterThan(1);
    expect(reasonOf(few.standardError)).toBe('the jackknife needs at least 6 samples (P = 5)');
    const none = participationRatioCorrectedWithError(matrixFrom([[1, Number.NaN]]));
    expect(reasonOf(none.standardError)).toBe('the matrix holds NaN in row 0, column 1');
    const constant = participationRatioCorrectedWithError(matrixFrom([[1], [1], [1], [1], [1], [1]]));
    expect(reasonOf(constant.estimate)).toBe('every feature is constant over the samples (P = 6, Q = 1)');
  });

  it('refuses more samples than it can hold pairs of', () => {
    const attempt = (): unknown =>
      participationRatioCorrectedWithError({ data: new Float32Array(5000), rows: 5000, columns: 1 });
    expect(attempt).toThrow('matrix.rows is 5000; allowed: at most 2048 samples');
  });
});

function sumOfPowers(values: Float64Array, power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0);
}
