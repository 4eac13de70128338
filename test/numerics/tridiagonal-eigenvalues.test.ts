import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tridiagonalEigenvalues } from '../../src/numerics/tridiagonal-eigenvalues.ts';
import { maxRelativeDifference } from './symmetric-matrices.ts';

const tridiagonals = fc
  .array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 24,
  })
  .map((pairs) => ({
    diagonal: Float64Array.from(pairs, ([d]) => d),
    offDiagonal: Float64Array.from(pairs, ([, e], i) => (i === pairs.length - 1 ? 0 : e)),
  }));

describe('the eigenvalues of a tridiagonal matrix', () => {
  it.each([1, 2, 3, 10, 200])('are 2 + 2 cos(kπ/(n + 1)) for ones beside a diagonal of twos, n = %i', (n) => {
    const computed = tridiagonalEigenvalues({
      diagonal: new Float64Array(n).fill(2),
      offDiagonal: Float64Array.from({ length: n }, (_, i) => (i < n - 1 ? 1 : 0)),
    });
    const exact = Array.from({ length: n }, (_, k) => 2 + 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
    expect(maxRelativeDifference(computed, exact)).toBeLessThan(1e-14);
  });

  it.each([2, 7, 30])('are n − 1, n − 3, …, −(n − 1) for the Kac matrix of order n = %i', (n) => {
    const computed = tridiagonalEigenvalues({
      diagonal: new Float64Array(n),
      offDiagonal: Float64Array.from({ length: n }, (_, i) => Math.sqrt((i + 1) * (n - 1 - i))),
    });
    const exact = Array.from({ length: n }, (_, k) => n - 1 - 2 * k);
    expect(maxRelativeDifference(computed, exact)).toBeLessThan(1e-14);
  });

  it('of Wilkinson’s matrix of order 21 are those of numpy.linalg.eigvalsh, close pairs included', () => {
    const numpy = [
      10.746194182903393, 10.746194182903322, 9.210678647361332, 9.210678647304919, 8.038941122829023,
      8.038941115814275, 7.003952209528674, 7.003951798616375, 6.000234031584166, 6.000217522257097,
      5.000244425001915, 4.999782477742903, 4.0043540234408574, 3.9960482013836254, 3.0430992925788236,
      2.961058884185726, 2.130209219362506, 1.7893213526950835, 0.9475343675292924, 0.25380581709667793,
      -1.1254415221199854,
    ];
    const computed = tridiagonalEigenvalues({
      diagonal: Float64Array.from({ length: 21 }, (_, i) => Math.abs(10 - i)),
      offDiagonal: Float64Array.from({ length: 21 }, (_, i) => (i < 20 ? 1 : 0)),
    });
    expect(maxRelativeDifference(computed, numpy)).toBeLessThan(1e-15);
  });

  it('descend, sum to the trace, and their squares to the squared norm', () => {
    fc.assert(
      fc.property(tridiagonals, ({ diagonal, offDiagonal }) => {
        const computed = tridiagonalEigenvalues({ diagonal, offDiagonal });
        const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
        const squares = (values: Float64Array): number =>
          values.reduce((sum, value) => sum + value * value, 0);
        expect(computed.every((value, i) => i === 0 || value <= computed[i - 1])).toBe(true);
        expect(total(computed)).toBeCloseTo(total(diagonal), 12);
        expect(squares(computed)).toBeCloseTo(squares(diagonal) + 2 * squares(offDiagonal), 12);
      }),
    );
  });

  it('have as many above any number as its Sturm sequence says', () => {
    fc.assert(
      fc.property(tridiagonals, fc.double({ min: -3, max: 3, noNaN: true }), (tridiagonal, x) => {
        const computed = tridiagonalEigenvalues(tridiagonal);
        fc.pre(computed.every((value) => Math.abs(value - x) > 1e-12));
        expect(computed.filter((value) => value < x).length).toBe(sturmCount(tridiagonal, x));
      }),
    );
  });

  it('leaves its input as it was', () => {
    const diagonal = Float64Array.of(1, 2, 3);
    const offDiagonal = Float64Array.of(1, 1, 0);
    tridiagonalEigenvalues({ diagonal, offDiagonal });
    expect(Array.from(diagonal)).toEqual([1, 2, 3]);
    expect(Array.from(offDiagonal)).toEqual([1, 1, 0]);
  });
});

/** Eigenvalues below x: negative pivots of T − x I (Sylvester's law of inertia). */
function sturmCount(
  { diagonal, offDiagonal }: { diagonal: Float64Array; offDiagonal: Float64Array },
  x: number,
): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i++) {
    pivot = diagonal[i] - x - (i > 0 ? offDiagonal[i - 1] ** 2 / pivot : 0);
    if (pivot === 0) pivot = Number.MIN_VALUE;
    if (pivot < 0) count++;
  }
  return count;
}
