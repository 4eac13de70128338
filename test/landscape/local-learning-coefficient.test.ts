import { describe, expect, it } from 'vitest';
import {
  type LearningCoefficientOptions,
  localLearningCoefficient,
  type SampledLoss,
} from '../../src/landscape/local-learning-coefficient.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { linearNetwork, linearNetworkCoefficient } from './linear-network.ts';
import { found } from './operators.ts';

/** ½ Σ wᵢ^pᵢ */
function potential(powers: readonly number[]): SampledLoss {
  return async (w) => ({
    loss: powers.reduce((sum, p, i) => sum + w[i] ** p, 0) / 2,
    gradient: w.map((x, i) => (powers[i] * x ** (powers[i] - 1)) / 2),
  });
}

const options: LearningCoefficientOptions = {
  inverseTemperature: 1000,
  stepSize: 1e-4,
  localization: 0,
  chains: 8,
  burnIn: 2000,
  draws: 30_000,
};

describe('the local learning coefficient', () => {
  it.each([[[2]], [[4]], [[6]], [[2, 2, 2]], [[2, 4]], [[2, 2, 4, 6]]])(
    'of ½ Σ wᵢ^pᵢ is Σ 1/pᵢ: p = %j',
    async (powers) => {
      const center = new Float64Array(powers.length);
      const result = found(
        await localLearningCoefficient(potential(powers), center, 0, createRandom(3), options),
      );
      const truth = powers.reduce((sum, p) => sum + 1 / p, 0);
      const { value, standardError } = result.coefficient;
      // Beside the error of the mean, the steps are finite: ε·nβ/4 of the quadratic directions.
      expect(Math.abs(value - truth)).toBeLessThan(4 * standardError! + 0.03 * truth);
      expect(standardError).toBeLessThan(0.1 * truth);
      expect(result.warnings).toEqual([]);
      expect(result.gelmanRubin).toBeLessThan(1.1);
      expect(center).toEqual(new Float64Array(powers.length));
    },
  );

  it('does not depend on the temperature there, nor on the scale of the loss', async () => {
    const result = found(
      await localLearningCoefficient(potential([2, 2]), new Float64Array(2), 0, createRandom(3), {
        ...options,
        inverseTemperature: 10,
        stepSize: 1e-2,
      }),
    );
    expect(Math.abs(result.coefficient.value - 1)).toBeLessThan(0.05);
  });

  /* λ in closed form at the most singular point; at a finite nβ its multiplicity m takes (m − 1)/ln nβ off. */
  it.each([
    { widths: [3, 2, 3], rank: 1, coefficient: 3.5 },
    { widths: [4, 3, 4], rank: 0, coefficient: 5 },
    { widths: [5, 2, 5], rank: 2, coefficient: 8 },
    { widths: [2, 2, 2, 2], rank: 1, coefficient: 2 },
  ])('of the linear network $widths of rank $rank is $coefficient', async ({ widths, rank, coefficient }) => {
    const known = linearNetworkCoefficient(widths, rank);
    expect(known.coefficient).toBe(coefficient);
    const { lossAt, center } = linearNetwork(widths, rank);
    const [nBeta, steps] = [1e4, 15_000];
    const result = found(
      await localLearningCoefficient(lossAt, center, 0, createRandom(1), {
        inverseTemperature: nBeta,
        stepSize: 0.05 / nBeta,
        localization: 1,
        burnIn: steps / 5,
        draws: steps,
        chains: 3,
      }),
    );
    const expected = coefficient - (known.multiplicity - 1) / Math.log(nBeta);
    expect(Math.abs(result.coefficient.value / expected - 1)).toBeLessThan(0.12);
  });

  it('in the closed form for linear networks is that of reduced-rank regression for two layers', () => {
    // Aoyagi & Watanabe 2005, *Stochastic complexities of reduced rank regression in Bayesian estimation*, all four cases.
    const reducedRank = (n: number, h: number, m: number, r: number): number => {
      if (m + h < n + r) return (h * m - h * r + n * r) / 2;
      if (n + h < m + r) return (h * n - h * r + m * r) / 2;
      if (m + n < h + r) return (m * n) / 2;
      const even = (-((h + r) ** 2) - m * m - n * n + 2 * (h + r) * m + 2 * (h + r) * n + 2 * m * n) / 8;
      return (m + h + n + r) % 2 === 0 ? even : even + 1 / 8;
    };
    for (let n = 1; n <= 6; n++) {
      for (let h = 1; h <= 6; h++) {
        for (let m = 1; m <= 6; m++) {
          for (let r = 0; r <= Math.min(n, h, m); r++) {
            const { coefficient } = linearNetworkCoefficient([n, h, m], r);
            expect(coefficient, `${n} ${h} ${m} of rank ${r}`).toBeCloseTo(reducedRank(n, h, m, r), 10);
          }
        }
      }
    }
  });

  it('says by how much finite steps and noisy gradients widen the chains', async () => {
    const bowl = potential([2, 2]);
    const noisy: SampledLoss = async (w, random) => {
      const exact = await bowl(w, random);
      return { ...exact, gradient: exact.gradient.map((g) => g + 0.05 * random.normal()) };
    };
    const results = [];
    for (const lossAt of [bowl, noisy]) {
      const settings = { ...options, stepSize: 8e-4, draws: 20_000 };
      results.push(
        found(await localLearningCoefficient(lossAt, new Float64Array(2), 0, createRandom(2), settings)),
      );
    }
    // Of a quadratic loss: nβ · variance = (1 + ε(nβσ)²/4) / (1 − ε nβ/4), with ε nβ/4 = 0.2 and ε(nβσ)²/4 = 0.5.
    const [exact, rough] = results;
    expect(Math.abs(exact.coefficient.value - 1 / 0.8)).toBeLessThan(0.04);
    expect(Math.abs(rough.coefficient.value - 1.5 / 0.8)).toBeLessThan(0.06);
    // (ε/4) E‖nβ∇L‖² over E[w·nβ∇L]: ε nβ/4, and the noise beside the widened variance.
    expect(Math.abs(exact.inflation! - 0.2)).toBeLessThan(0.01);
    expect(Math.abs(rough.inflation! - (0.2 + 0.5 / (1.5 / 0.8)))).toBeLessThan(0.02);
    expect(exact.warnings.join()).toMatch(/widen the chains by about 20 %/);
  });

  it('counts only directions that bend more than the localization pulls', async () => {
    const bowl: SampledLoss = async (w) => ({
      loss: (w[0] ** 2 + 1e-6 * w[1] ** 2) / 2,
      gradient: Float64Array.of(w[0], 1e-6 * w[1]),
    });
    const result = found(
      await localLearningCoefficient(bowl, new Float64Array(2), 0, createRandom(1), {
        ...options,
        localization: 10,
      }),
    );
    expect(Math.abs(result.coefficient.value - 0.5)).toBeLessThan(0.04);
  });

  it('says what speaks against it', async () => {
    const slope: SampledLoss = async (w) => ({ loss: 1 + w[0], gradient: Float64Array.of(1) });
    const falling = found(
      await localLearningCoefficient(slope, new Float64Array(1), 1, createRandom(1), {
        ...options,
        draws: 500,
      }),
    );
    expect(falling.coefficient.value).toBeLessThan(0);
    expect(falling.warnings[0]).toMatch(/no minimum/);
    const short = found(
      await localLearningCoefficient(potential([2]), Float64Array.of(0), 0, createRandom(1), {
        ...options,
        ...{ burnIn: 0, draws: 20, stepSize: 1e-7 },
      }),
    );
    expect(short.warnings.join()).toMatch(/not mixed/);
  });

  it('is the same for the same seed, chain by chain, whatever the number of chains', async () => {
    const run = async (chains: number) =>
      found(
        await localLearningCoefficient(potential([4]), new Float64Array(1), 0, createRandom(5), {
          ...options,
          ...{ chains, draws: 100, burnIn: 10 },
        }),
      );
    const [two, three] = [await run(2), await run(3)];
    expect(three.ofChains.slice(0, 2)).toEqual(two.ofChains);
    expect(new Set(three.ofChains).size).toBe(3);
    expect(two.losses[0].length).toBe(110);
  });

  it('is undetermined where a chain runs away, and refuses what cannot be', async () => {
    const away = await localLearningCoefficient(potential([4]), Float64Array.of(0.1), 0, createRandom(1), {
      ...options,
      stepSize: 1,
    });
    expect(away).toMatchObject({
      determined: false,
      reason: expect.stringMatching(/^chain 1 left the range of numbers at step \d+/),
    });
    for (const [wrong, message] of [
      [{ stepSize: 0 }, 'stepSize is 0'],
      [{ inverseTemperature: Number.NaN }, 'inverseTemperature is NaN'],
      [{ localization: -1 }, 'localization is -1'],
      [{ draws: 3 }, 'draws is 3'],
      [{ burnIn: -1 }, 'burnIn is -1'],
      [{ chains: 0 }, 'chains is 0'],
    ] as const) {
      const run = localLearningCoefficient(potential([2]), new Float64Array(1), 0, createRandom(1), {
        ...options,
        ...wrong,
      });
      await expect(run).rejects.toThrow(message);
    }
    const short: SampledLoss = async () => ({ loss: 0, gradient: new Float64Array(2) });
    await expect(
      localLearningCoefficient(short, new Float64Array(1), 0, createRandom(1), options),
    ).rejects.toThrow('2 elements; allowed: 1');
  });
});
