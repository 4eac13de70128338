import { describe, expect, it } from 'vitest';
import {
  smoothedDensity,
  spectralDensity,
  spectralEnds,
  spectralMean,
} from '../../src/landscape/spectral-density.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { symmetricEigenvalues } from '../../src/numerics/symmetric-eigenvalues.ts';
import { dot, randomSigns } from '../../src/numerics/vectors.ts';
import { randomSymmetric, withEigenvalues } from '../numerics/symmetric-matrices.ts';
import { found, operatorOf, times } from './operators.ts';

describe('the spectral density by stochastic Lanczos quadrature', () => {
  it('gives zᵀHᵏz/n exactly, up to twice the steps less one', async () => {
    const [order, steps] = [40, 5];
    const matrix = randomSymmetric(order, createRandom('moments')).map((value) => value / 8);
    const { apply } = operatorOf(matrix, order);
    const density = found(await spectralDensity(apply, order, createRandom(7), { probes: 1, steps }));
    const z = randomSigns(order, createRandom(7));
    let power = z;
    for (let k = 1; k <= 2 * steps; k++) {
      power = times(matrix, power, order);
      const expected = dot(z, power) / order;
      const difference = Math.abs(spectralMean(density, (x) => x ** k).value - expected);
      if (k < 2 * steps) expect(difference, `power ${k}`).toBeLessThan(1e-12);
      else expect(difference).toBeGreaterThan(1e-6);
    }
    expect(density.products).toBe(steps);
    expect(density.probes[0].weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('has the shares of a spectrum with a crowd at zero and outliers, within its standard errors', async () => {
    const order = 300;
    const rng = createRandom('crowd');
    const values = Array.from({ length: order }, (_, i) =>
      i < 3 ? 10 - i : i < 30 ? -1 - rng.uniform() : 0.01 * rng.normal(),
    );
    const { apply } = operatorOf(withEigenvalues(values, createRandom('turned')), order);
    const density = found(await spectralDensity(apply, order, createRandom(1), { probes: 20, steps: 40 }));
    for (const [name, f] of Object.entries({
      outliers: (x: number) => Number(x > 5),
      negative: (x: number) => Number(x < -0.5),
      flat: (x: number) => Number(Math.abs(x) < 0.1),
      mean: (x: number) => x,
      squares: (x: number) => x * x,
    })) {
      const { value, standardError } = spectralMean(density, f);
      const truth = values.reduce((sum, x) => sum + f(x), 0) / order;
      expect(Math.abs(value - truth), name).toBeLessThan(4 * standardError!);
      expect(standardError, name).toBeLessThan(0.1 * truth + 0.1);
    }
    const { largest, smallest } = spectralEnds(density);
    expect(largest).toBeCloseTo(10, 8);
    expect(smallest).toBeCloseTo(Math.min(...values), 3);
  });

  it('of random symmetric matrices is the half circle, as pictures show it', async () => {
    const order = 400;
    const matrix = randomSymmetric(order, createRandom('wigner')).map((value) => value / Math.sqrt(order));
    const { apply } = operatorOf(matrix, order);
    const density = found(await spectralDensity(apply, order, createRandom(2), { probes: 10, steps: 60 }));
    const at = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5];
    const heights = smoothedDensity(density, at, 0.15);
    at.forEach((x, i) => {
      expect(Math.abs(heights[i] - Math.sqrt(4 - x * x) / (2 * Math.PI)), `${x}`).toBeLessThan(0.04);
    });
    const all = symmetricEigenvalues(matrix, order);
    const { largest, smallest } = spectralEnds(density);
    expect(largest).toBeLessThanOrEqual(all[0] + 1e-9);
    expect(smallest).toBeGreaterThanOrEqual(all[order - 1] - 1e-9);
    expect(largest).toBeGreaterThan(all[0] * 0.99);
  });

  it('needs no more products than there are eigenvalues', async () => {
    const equal = async (v: Float64Array) => v.map((value) => 3 * value);
    const density = found(await spectralDensity(equal, 50, createRandom(1), { probes: 2 }));
    expect(density.products).toBe(2);
    expect(density.probes).toEqual(
      Array.from({ length: 2 }, () => ({ nodes: Float64Array.of(3), weights: Float64Array.of(1) })),
    );
    const zero = found(await spectralDensity(async (v) => v.map(() => 0), 5, createRandom(1)));
    expect(spectralEnds(zero)).toEqual({ largest: 0, smallest: 0 });
  });

  it('is undetermined where a product is not finite, and refuses what cannot be', async () => {
    const broken = async (v: Float64Array) => v.map(() => Number.POSITIVE_INFINITY);
    expect(await spectralDensity(broken, 3, createRandom(1))).toEqual({
      determined: false,
      reason: 'product 1 with the operator is not finite',
    });
    for (const [options, message] of [
      [{ steps: 0 }, 'steps is 0'],
      [{ probes: 1.5 }, 'probes is 1.5'],
    ] as const) {
      await expect(spectralDensity(broken, 3, createRandom(1), options)).rejects.toThrow(message);
    }
    const density = found(await spectralDensity(async (v) => v.slice(), 5, createRandom(1)));
    expect(() => smoothedDensity(density, [0], 0)).toThrow('width is 0');
  });
});
