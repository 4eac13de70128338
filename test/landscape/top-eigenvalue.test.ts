import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topEigenvalue } from '../../src/landscape/top-eigenvalue.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { symmetricEigenvalues } from '../../src/numerics/symmetric-eigenvalues.ts';
import { randomSymmetric, withEigenvalues } from '../numerics/symmetric-matrices.ts';
import { found, operatorOf, times } from './operators.ts';

const diagonal = (values: readonly number[]) => async (v: Float64Array) =>
  v.map((value, i) => values[i] * value);

const exact = { tolerance: 1e-7, mostIterations: 20_000 };

describe('the top eigenvalue', () => {
  it.each([
    { of: 'a dominant positive one', values: [7, 3, 1, 0, -2] },
    { of: 'a dominant negative one', values: [2, 1, 0.5, -3, -9] },
    { of: 'a far larger negative one', values: [1, 0.5, 0, -10, -100] },
    { of: 'opposite ones of equal size', values: [4, 1, 0, -1, -4] },
    { of: 'opposite ones of nearly equal size', values: [4, 1, 0, -1, -4.001] },
    { of: 'a nearly equal negative one', values: [4, 1, 0, -1, -3.99] },
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
      const top = found(await topEigenvalue(apply, values.length, createRandom(seed), exact));
      expect(top.converged, `seed ${seed}`).toBe(true);
      expect(top.residual).toBeLessThanOrEqual(1e-7);
      expect(Math.hypot(...top.eigenvector)).toBeCloseTo(1, 12);
      expect(Math.abs(top.eigenvalue / largest - 1), `seed ${seed}`).toBeLessThan(1e-10);
      expect(top.iterations).toBe(products());
      expect(top.iterations).toBeLessThan(5000);
    }
  });

  it('of a matrix with a near-equal runner-up and a dominant negative one is what NumPy gives', async () => {
    // np.linalg.eigvalsh (NumPy 1.24.2): −6.869223629772005 … 2.817333303369454, 2.8691859037936416
    const matrix = Float64Array.from({ length: 900 }, (_, at) => {
      const k = Math.floor(at / 30);
      const l = at % 30;
      return Math.cos(k * l + k + l) - (k === l ? 2 : 0);
    });
    const top = found(await topEigenvalue(operatorOf(matrix, 30).apply, 30, createRandom(1), exact));
    expect(Math.abs(top.eigenvalue - 2.8691859037936416)).toBeLessThan(1e-11);
  });

  it('of random symmetric matrices is the largest of all eigenvalues, and the residual says how far it may be off', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const order = 5 + seed;
      const matrix = randomSymmetric(order, createRandom(`random/${seed}`));
      const largest = symmetricEigenvalues(matrix, order)[0];
      const { apply } = operatorOf(matrix, order);
      const top = found(await topEigenvalue(apply, order, createRandom(seed), { mostIterations: 5000 }));
      expect(top.converged, `seed ${seed}`).toBe(true);
      // Some eigenvalue is within the residual, by definition; these start at random, so it is the largest one.
      expect(Math.abs(top.eigenvalue / largest - 1), `seed ${seed}`).toBeLessThanOrEqual(top.residual);
      const product = times(matrix, top.eigenvector, order);
      const error = Math.hypot(...product.map((value, i) => value - top.eigenvalue * top.eigenvector[i]));
      expect(Math.abs(error / Math.abs(top.eigenvalue) - top.residual)).toBeLessThan(1e-12);
      expect(top.product).toEqual(product);
      expect(Math.hypot(...top.eigenvector)).toBeCloseTo(1, 12);
    }
  });

  it('scales with the operator, whatever its sign was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: -100, max: 100 }), async (seed, exponent) => {
        const matrix = randomSymmetric(8, createRandom(seed));
        const scaled = matrix.map((value) => value * 2 ** exponent);
        const plain = found(await topEigenvalue(operatorOf(matrix, 8).apply, 8, createRandom(1)));
        const other = found(await topEigenvalue(operatorOf(scaled, 8).apply, 8, createRandom(1)));
        const eigenvalue = plain.eigenvalue * 2 ** exponent;
        const product = plain.product.map((value) => value * 2 ** exponent);
        expect(other).toEqual({ ...plain, eigenvalue, product });
      }),
      { numRuns: 30 },
    );
  });

  it('begun at a neighboring eigenvector takes fewer products', async () => {
    const values = Array.from({ length: 40 }, (_, i) => 10 * 0.93 ** i);
    const matrix = withEigenvalues(values, createRandom('warm'));
    const { apply } = operatorOf(matrix, 40);
    const cold = found(await topEigenvalue(apply, 40, createRandom(2)));
    const moved = operatorOf(
      matrix.map((value, at) => value + (at % 41 === 0 ? 0.001 * (at / 41) : 0)),
      40,
    ).apply;
    const start = cold.eigenvector;
    const again = found(await topEigenvalue(moved, 40, createRandom(2)));
    const warm = found(await topEigenvalue(moved, 40, createRandom(2), { start }));
    expect(cold.converged && again.converged && warm.converged).toBe(true);
    expect(warm.iterations).toBeLessThan(again.iterations / 2);
    expect(Math.abs(warm.eigenvalue / again.eigenvalue - 1)).toBeLessThan(1e-4);
  });

  it('begun near an eigenvector that was overtaken leaves it, begun at it exactly stays', async () => {
    const apply = diagonal([5, 3, 1, -1]);
    const near = Float64Array.of(1e-4, 1, 0, 0);
    const left = found(await topEigenvalue(apply, 4, createRandom(1), { start: near }));
    expect(left.eigenvalue).toBeCloseTo(5, 4);
    const at = Float64Array.of(0, 1, 0, 0);
    const stayed = found(await topEigenvalue(apply, 4, createRandom(1), { start: at }));
    expect(stayed).toMatchObject({ eigenvalue: 3, converged: true, iterations: 1 });
  });

  it('begun at the eigenvector of the dominant negative one still is the most positive', async () => {
    const start = Float64Array.of(0, 0, 1);
    const top = found(await topEigenvalue(diagonal([2, 1, -9]), 3, createRandom(1), { start, ...exact }));
    expect(Math.abs(top.eigenvalue - 2)).toBeLessThan(1e-10);
  });

  it('of the zero operator is 0', async () => {
    const top = found(await topEigenvalue(diagonal([0, 0, 0]), 3, createRandom(1)));
    expect(top).toMatchObject({ eigenvalue: 0, residual: 0, converged: true, iterations: 1 });
  });

  it('is not taken for 0 because the start is mapped to zero', async () => {
    const start = Float64Array.of(0, 0, 1);
    const top = found(await topEigenvalue(diagonal([2, 1, 0]), 3, createRandom(1), { start }));
    expect(top.eigenvalue).toBeCloseTo(2, 5);
  });

  it.each([[0], [0, 0], [0, -1]])('of a negative operator that has 0 is 0 (%s, %s)', async (...zeros) => {
    const top = found(await topEigenvalue(diagonal([...zeros, -3]), zeros.length + 1, createRandom(1)));
    expect(Math.abs(top.eigenvalue)).toBeLessThan(1e-11);
    expect(top.converged).toBe(true);
  });

  it.each([3, -3, 0])('of the [1, 1] matrix %d is that number', async (value) => {
    const top = found(await topEigenvalue(diagonal([value]), 1, createRandom(1)));
    expect(top).toMatchObject({ eigenvalue: value, residual: 0, converged: true });
  });

  it('is a lower bound where the iterations run out, and says so', async () => {
    const values = [3, 2.9, 1, -1];
    for (const mostIterations of [1, 3, 6]) {
      const { apply, products } = operatorOf(withEigenvalues(values, createRandom('few')), 4);
      const top = found(await topEigenvalue(apply, 4, createRandom(1), { tolerance: 1e-6, mostIterations }));
      expect(top).toMatchObject({ converged: false, iterations: mostIterations });
      expect(products()).toBe(mostIterations);
      expect(top.eigenvalue).toBeLessThan(3);
      expect(top.residual).toBeGreaterThan(1e-6);
    }
  });

  it('does not take the mass of equal eigenvalues that a random start sees first for the top', async () => {
    // At the start λ = 1 and the residual is 1/√n = 0.007, within the tolerance; but it grows.
    const order = 20_000;
    const apply = async (v: Float64Array) => v.map((value, i) => (i === 0 ? 2 : 1) * value);
    const top = found(await topEigenvalue(apply, order, createRandom(1), { tolerance: 0.02 }));
    expect(top.eigenvalue).toBeCloseTo(2, 2);
  });

  it('shifts again where the negative eigenvalues seen first hid a lower one', async () => {
    // At the start λ = −0.4 with a residual of 0.05: enough to shift by 0.42, which leaves −1 the largest in size.
    const values = [-0.1, -1, ...new Array<number>(998).fill(-0.4)];
    const top = found(await topEigenvalue(diagonal(values), 1000, createRandom(1), exact));
    expect(top.converged).toBe(true);
    expect(Math.abs(top.eigenvalue + 0.1)).toBeLessThan(1e-10);
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])(
    'is undetermined where a product holds %d',
    async (value) => {
      let products = 0;
      const apply = async (v: Float64Array) =>
        v.map((element, i) => (i === 0 && ++products === 3 ? value : i * element));
      const result = await topEigenvalue(apply, 3, createRandom(1), { tolerance: 1e-9 });
      expect(result).toEqual({ determined: false, reason: 'product 3 with the operator is not finite' });
    },
  );

  it('reads a product before it asks for the next, and leaves the start as it was', async () => {
    const memory = new Float64Array(3);
    const apply = async (v: Float64Array) => {
      memory.set(v.map((value, i) => [4, 2, 1][i] * value));
      return memory;
    };
    const start = Float64Array.of(1, 1, 1);
    const top = found(await topEigenvalue(apply, 3, createRandom(1), { start, ...exact }));
    expect(Math.abs(top.eigenvalue - 4)).toBeLessThan(1e-11);
    expect(start).toEqual(Float64Array.of(1, 1, 1));
  });

  it.each([
    { length: 0, options: {}, message: 'length is 0' },
    { length: 2, options: { tolerance: 0 }, message: 'tolerance is 0' },
    { length: 2, options: { mostIterations: 0 }, message: 'mostIterations is 0' },
    { length: 2, options: { start: new Float64Array(2) }, message: 'norm 0' },
    { length: 2, options: { start: Float64Array.of(1) }, message: 'start has 1 elements' },
    { length: 2, options: { start: Float64Array.of(1, Number.NaN) }, message: 'norm NaN' },
  ])('refuses $message', async ({ length, options, message }) => {
    await expect(topEigenvalue(diagonal([1, 2]), length, createRandom(1), options)).rejects.toThrow(message);
  });

  it('refuses products of another length', async () => {
    const apply = async () => new Float64Array(2);
    await expect(topEigenvalue(apply, 3, createRandom(1))).rejects.toThrow('2 elements; allowed: 3');
  });
});
