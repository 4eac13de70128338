import { describe, expect, it } from 'vitest';
import { bandToTridiagonal } from '../../../src/numerics/band/band-to-tridiagonal.ts';
import { blockedEigenvalues } from '../../../src/numerics/band/blocked-eigenvalues.ts';
import { plainProducts } from '../../../src/numerics/band/matrix-products.ts';
import { reduceToBand } from '../../../src/numerics/band/reduce-to-band.ts';
import { blocksOf, lowerTriangle } from '../../../src/numerics/band/symmetric-blocks.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { symmetricEigenvalues } from '../../../src/numerics/symmetric-eigenvalues.ts';
import { runtimeProducts } from '../../../src/training/session-products.ts';
import { randomSymmetric } from '../symmetric-matrices.ts';

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);

describe('the eigenvalues of a symmetric matrix by way of a band', () => {
  it.each([
    { order: 1, height: 4, bandwidth: 2 },
    { order: 2, height: 4, bandwidth: 2 },
    { order: 3, height: 2, bandwidth: 1 },
    { order: 17, height: 4, bandwidth: 2 },
    { order: 40, height: 8, bandwidth: 4 },
    { order: 41, height: 7, bandwidth: 3 },
    { order: 64, height: 64, bandwidth: 16 },
    { order: 65, height: 5, bandwidth: 8 },
  ])(
    'of order $order in blocks of $height rows, bandwidth $bandwidth, are those of tridiagonalization',
    async ({ order, height, bandwidth }) => {
      const matrix = randomSymmetric(order, createRandom(order));
      const direct = symmetricEigenvalues(matrix, order);
      const banded = await blockedEigenvalues(blocksOf(matrix, order, height), plainProducts, { bandwidth });
      expect(largestDifference(banded, direct)).toBeLessThan(1e-13 * Math.abs(direct[0]) + 1e-13);
    },
  );

  it('of a matrix of zeros are zero, and of one with rows of zeros as many of them', async () => {
    const zeros = await blockedEigenvalues(blocksOf(new Float64Array(400), 20, 8), plainProducts, {
      bandwidth: 4,
    });
    expect([...zeros]).toEqual(Array(20).fill(0));
    const matrix = new Float64Array(400);
    for (let i = 0; i < 10; i++) matrix[i * 2 * 20 + i * 2] = i + 1;
    const found = await blockedEigenvalues(blocksOf(matrix, 20, 8), plainProducts, { bandwidth: 4 });
    expect([...found]).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, ...Array(10).fill(0)]);
  });

  it('refuses elements that are not finite', async () => {
    const blocks = blocksOf(Float64Array.of(1, 0, Number.POSITIVE_INFINITY, 1), 2, 2);
    await expect(blockedEigenvalues(blocks, plainProducts, { bandwidth: 1 })).rejects.toThrow(
      'elements of size Infinity; allowed: finite numbers',
    );
  });

  it('are the same to the bit for one thread and two', async () => {
    const order = 300;
    const matrix = randomSymmetric(order, createRandom(7));
    const results = [];
    for (const threads of [1, 2]) {
      const products = runtimeProducts(threads);
      results.push(await blockedEigenvalues(blocksOf(matrix, order, 64), products, { bandwidth: 16 }));
      await products.close();
    }
    expect(results[1]).toEqual(results[0]);
    expect(largestDifference(results[0], symmetricEigenvalues(matrix, order))).toBeLessThan(1e-12);
  });
});

describe('the two steps on the way', () => {
  it('leave a band, and then three diagonals, of the same trace and norm', async () => {
    const order = 30;
    const matrix = randomSymmetric(order, createRandom(3));
    const norm = (values: Iterable<number>): number => Math.hypot(...values);
    const blocks = blocksOf(matrix, order, 8);
    const lower = lowerTriangle(blocks);
    const diagonalOf = (i: number): number => lower[i * order + i];
    const whole = Array.from(lower, (value, at) =>
      at % order === Math.floor(at / order) ? value : value * Math.SQRT2,
    );
    const band = await reduceToBand(blocks, 4, plainProducts);
    const inBand: number[] = [];
    for (let column = 0; column < order; column++) {
      for (let d = 0; d < band.kept; d++) {
        const value = band.values[column * band.kept + d];
        if (d > 4) expect(value).toBe(0);
        inBand.push(d === 0 ? value : value * Math.SQRT2);
      }
    }
    expect(norm(inBand)).toBeCloseTo(norm(whole), 12);
    const { diagonal, offDiagonal } = bandToTridiagonal(band);
    const trace = Array.from({ length: order }, (_, i) => diagonalOf(i)).reduce((sum, value) => sum + value);
    expect(diagonal.reduce((sum, value) => sum + value)).toBeCloseTo(trace, 12);
    expect(norm([...diagonal, ...offDiagonal.map((value) => value * Math.SQRT2)])).toBeCloseTo(
      norm(whole),
      12,
    );
  });
});
