import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { generalEigenvalues } from '../../src/numerics/general-eigenvalues.ts';
import { createRandom } from '../../src/numerics/random.ts';

const sorted = (values: readonly { real: number; imaginary: number }[]) =>
  [...values].sort((a, b) => a.real - b.real || a.imaginary - b.imaginary);

describe('eigenvalues of matrices that need not be symmetric', () => {
  it.each([1, 2, 3, 4, 7, 16, 33, 64])('are those of ml-matrix, order %i', (order) => {
    const random = createRandom(order);
    const matrix = Float64Array.from({ length: order * order }, () => random.normal());
    const found = sorted(generalEigenvalues(matrix, order)!);
    const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(
      Matrix.from1DArray(order, order, matrix),
    );
    const wanted = sorted(realEigenvalues.map((real, i) => ({ real, imaginary: imaginaryEigenvalues[i] })));
    found.forEach(({ real, imaginary }, i) => {
      expect(real).toBeCloseTo(wanted[i].real, 9);
      expect(imaginary).toBeCloseTo(wanted[i].imaginary, 9);
    });
  });

  it('sum to the trace and multiply to 0 for matrices of low rank', () => {
    const random = createRandom('rank');
    const [u, v] = [0, 1].map(() => Float64Array.from({ length: 8 }, () => random.normal()));
    const found = generalEigenvalues(
      Float64Array.from({ length: 64 }, (_, at) => u[at >> 3] * v[at & 7]),
      8,
    )!;
    const trace = u.reduce((sum, value, i) => sum + value * v[i], 0);
    expect(found.reduce((sum, { real }) => sum + real, 0)).toBeCloseTo(trace, 12);
    expect(found.filter(({ real, imaginary }) => Math.hypot(real, imaginary) > 1e-6)).toHaveLength(1);
  });

  it('of a permutation, whose steps go in a circle without shifts of their own, are the roots of unity', () => {
    const cycle = Float64Array.from({ length: 25 }, (_, at) =>
      at % 5 === (Math.floor(at / 5) + 1) % 5 ? 1 : 0,
    );
    for (const { real, imaginary } of generalEigenvalues(cycle, 5)!) {
      expect(Math.hypot(real, imaginary)).toBeCloseTo(1, 12);
    }
  });

  it('are none for what is not finite', () => {
    expect(generalEigenvalues(Float64Array.of(1, Number.NaN, 0, 1), 2)).toBeNull();
  });
});
