import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topEigenvalues } from '../../src/landscape/top-eigenvalues.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { symmetricEigenvalues } from '../../src/numerics/symmetric-eigenvalues.ts';
import { maxRelativeDifference, randomSymmetric, withEigenvalues } from '../numerics/symmetric-matrices.ts';
import { found, operatorOf, times } from './operators.ts';

const diagonal = (values: readonly number[]) => async (v: Float64Array) =>
  v.map((value, i) => values[i] * value);

const exact = { tolerance: 1e-7, mostProducts: 2000 };

describe('the top eigenvalue', () => {
  it.each([
    { of: 'a dominant positive one', values: [7, 3, 1, 0, -2] },
    { of: 'a dominant negative one', values: [2, 1, 0.5, -3, -9] },
    { of: 'a far larger negative one', values: [1, 0.5, 0, -10, -100] },
    { of: 'opposite ones of equal size', values: [4, 1, 0, -1, -4] },
    { of: 'opposite ones alone', values: [4, -4] },
    { of: 'a repeated one', values: [5, 5, 1, -5, -5] },
    { of: 'only negative ones', values: [-1, -2, -3, -4] },
    { of: 'a cluster of negative ones above one lower', values: [0.1, -0.4, -0.4, -0.4, -0.4, -1] },
    { of: 'equal ones', values: [-2.5, -2.5, -2.5] },
    { of: 'multiples of 1e-250', values: [3e-250, 1e-250, -4e-250] },
    { of: 'multiples of 1e250', values: [3e250, 1e250, -4e250] },
  ])('is found for $of', async ({ values }) => {
    const largest = Math.max(...values);
    for (let seed = 0; seed < 20; seed++) {
      const matrix = withEigenvalues(values, createRandom(`matrix/${seed}`));
      const { apply, products } = operatorOf(matrix, values.length);
      const top = found(await topEigenvalues(apply, values.length, createRandom(seed), exact));
      expect(top.converged, `seed ${seed}`).toBe(true);
      expect(top.residuals[0]).toBeLessThanOrEqual(1e-7);
      expect(Math.hypot(...top.eigenvectors[0])).toBeCloseTo(1, 12);
      expect(Math.abs(top.eigenvalues[0] / largest - 1), `seed ${seed}`).toBeLessThan(1e-10);
      expect(top.products).toBe(products());
      expect(top.products).toBeLessThanOrEqual(values.length + 1);
    }
  });

  it('of a matrix with a near-equal runner-up and a dominant negative one is what NumPy gives', async () => {
    // np.linalg.eigvalsh (NumPy 1.24.2): −6.869223629772005 … 2.817333303369454, 2.8691859037936416
    const matrix = Float64Array.from({ length: 900 }, (_, at) => {
      const k = Math.floor(at / 30);
      const l = at % 30;
      return Math.cos(k * l + k + l) - (k === l ? 2 : 0);
    });
    const options = { ...exact, count: 2 };
    const top = found(await topEigenvalues(operatorOf(matrix, 30).apply, 30, createRandom(1), options));
    expect(Math.abs(top.eigenvalues[0] - 2.8691859037936416)).toBeLessThan(1e-11);
    expect(Math.abs(top.eigenvalues[1] - 2.817333303369454)).toBeLessThan(1e-11);
  });

  it('of random symmetric matrices is the largest of all eigenvalues, and the residual says how far it may be off', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const order = 5 + 3 * seed;
      const matrix = randomSymmetric(order, createRandom(`random/${seed}`));
      const all = symmetricEigenvalues(matrix, order);
      const { apply } = operatorOf(matrix, order);
      const top = found(await topEigenvalues(apply, order, createRandom(seed), { count: 3 }));
      expect(top.converged, `seed ${seed}`).toBe(true);
      top.eigenvectors.forEach((vector, k) => {
        const value = top.eigenvalues[k];
        // Some eigenvalue is within the residual, by definition; of the first it is the largest one.
        const nearest = k === 0 ? [all[0]] : [...all];
        const off = Math.min(...nearest.map((eigenvalue) => Math.abs(eigenvalue / value - 1)));
        expect(off, `seed ${seed}`).toBeLessThanOrEqual(top.residuals[k] + 1e-12);
        const error = Math.hypot(...times(matrix, vector, order).map((x, i) => x - value * vector[i]));
        expect(Math.abs(error / Math.abs(value) - top.residuals[k])).toBeLessThan(1e-11);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 12);
      });
    }
  });

  it('is found through restarts, where many products are needed and few vectors kept', async () => {
    // 400 eigenvalues crowd towards the top: the gap to the next one is a millionth of the range.
    const values = Array.from({ length: 400 }, (_, i) => Math.cos((i * Math.PI) / 800) - 0.5);
    const options = { tolerance: 1e-6, mostProducts: 2000, count: 2 };
    const top = found(await topEigenvalues(diagonal(values), 400, createRandom(3), options));
    expect(top.converged).toBe(true);
    expect(top.products).toBeGreaterThan(60);
    expect(maxRelativeDifference(top.eigenvalues, values.slice(0, 2))).toBeLessThan(1e-9);
  });

  it('scales with the operator', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: -100, max: 100 }), async (seed, exponent) => {
        const matrix = randomSymmetric(8, createRandom(seed));
        const scaled = matrix.map((value) => value * 2 ** exponent);
        const plain = found(await topEigenvalues(operatorOf(matrix, 8).apply, 8, createRandom(1)));
        const other = found(await topEigenvalues(operatorOf(scaled, 8).apply, 8, createRandom(1)));
        expect(other.eigenvalues[0] / 2 ** exponent / plain.eigenvalues[0]).toBeCloseTo(1, 12);
        expect(other.products).toBe(plain.products);
      }),
      { numRuns: 30 },
    );
  });

  it('of the zero operator is 0', async () => {
    const top = found(await topEigenvalues(diagonal([0, 0, 0]), 3, createRandom(1)));
    expect(top).toMatchObject({ converged: true, products: 1 });
    expect([top.eigenvalues[0], top.residuals[0]]).toEqual([0, 0]);
  });

  it.each([[0], [0, 0], [0, -1]])('of a negative operator that has 0 is 0 (%s, %s)', async (...zeros) => {
    const top = found(await topEigenvalues(diagonal([...zeros, -3]), zeros.length + 1, createRandom(1)));
    expect(Math.abs(top.eigenvalues[0])).toBeLessThan(1e-11);
    expect(top.converged).toBe(true);
  });

  it.each([3, -3, 0])('of the [1, 1] matrix %d is that number', async (value) => {
    const top = found(await topEigenvalues(diagonal([value]), 1, createRandom(1), { count: 4 }));
    expect(top.converged).toBe(true);
    expect([...top.eigenvalues]).toEqual([value]);
  });

  it('is a lower bound where the products run out, and says so', async () => {
    const values = [3, 2.9, 1, -1, -2, -3, 0, 2];
    for (const mostProducts of [1, 3, 5]) {
      const { apply, products } = operatorOf(withEigenvalues(values, createRandom('few')), 8);
      const top = found(await topEigenvalues(apply, 8, createRandom(1), { tolerance: 1e-6, mostProducts }));
      expect(top).toMatchObject({ converged: false, products: mostProducts });
      expect(products()).toBe(mostProducts);
      expect(top.eigenvalues[0]).toBeLessThan(3);
      expect(top.residuals[0]).toBeGreaterThan(1e-6);
    }
  });

  it('does not take the mass of equal eigenvalues that a random start sees first for the top', async () => {
    // At the start λ = 1 and the residual is 1/√n = 0.007, within the tolerance.
    const order = 20_000;
    const apply = async (v: Float64Array) => v.map((value, i) => (i === 0 ? 2 : 1) * value);
    const top = found(await topEigenvalues(apply, order, createRandom(1), { tolerance: 0.02 }));
    expect(top.eigenvalues[0]).toBeCloseTo(2, 2);
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])(
    'is undetermined where a product holds %d',
    async (value) => {
      let products = 0;
      const apply = async (v: Float64Array) =>
        v.map((element, i) => (i === 0 && ++products === 3 ? value : i * element));
      const result = await topEigenvalues(apply, 4, createRandom(1), { tolerance: 1e-9 });
      expect(result).toEqual({ determined: false, reason: 'product 3 with the operator is not finite' });
    },
  );

  it('reads a product before it asks for the next', async () => {
    const memory = new Float64Array(3);
    const apply = async (v: Float64Array) => {
      memory.set(v.map((value, i) => [4, 2, 1][i] * value));
      return memory;
    };
    const top = found(await topEigenvalues(apply, 3, createRandom(1), exact));
    expect(Math.abs(top.eigenvalues[0] - 4)).toBeLessThan(1e-11);
  });

  it.each([
    { length: 0, options: {}, message: 'length is 0' },
    { length: 2, options: { tolerance: 0 }, message: 'tolerance is 0' },
    { length: 2, options: { mostProducts: 0 }, message: 'mostProducts is 0' },
    { length: 2, options: { count: 1.5 }, message: 'count is 1.5' },
  ])('refuses $message', async ({ length, options, message }) => {
    await expect(topEigenvalues(diagonal([1, 2]), length, createRandom(1), options)).rejects.toThrow(message);
  });

  it('refuses products of another length', async () => {
    const apply = async () => new Float64Array(2);
    await expect(topEigenvalues(apply, 3, createRandom(1))).rejects.toThrow('2 elements; allowed: 3');
  });
});
