import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGradientNoise, type GradientNoise } from '../../src/landscape/gradient-noise.ts';
import { createRandom, permutation } from '../../src/numerics/random.ts';

type Found = Extract<GradientNoise, { determined: true }>;

function noiseOf(gradients: readonly (readonly number[])[], examples: number): GradientNoise {
  const noise = createGradientNoise(gradients[0].length);
  for (const gradient of gradients) noise.add(Float64Array.from(gradient), examples);
  return noise.result();
}

function found(result: GradientNoise): Found {
  if (!result.determined) throw new Error(`not determined: ${result.reason}`);
  return result;
}

/** Both estimates, whether or not the ratio could be taken. */
function estimatesOf(result: GradientNoise): { squaredNorm: number; covarianceTrace: number } {
  const estimates = result.determined ? result : result.estimates;
  if (estimates === undefined) throw new Error('no estimates');
  return estimates;
}

const squaredNorm = (v: readonly number[]): number => v.reduce((sum, value) => sum + value * value, 0);
const meanOf = (vectors: readonly (readonly number[])[]): number[] =>
  vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length);

describe('the gradient noise', () => {
  it('of two batches is what one works out by hand', () => {
    // ḡ = (2, 0), variance 1 + 1 = 2 over K − 1 = 1.
    expect(
      noiseOf(
        [
          [3, 0],
          [1, 0],
        ],
        10,
      ),
    ).toEqual({
      determined: true,
      noiseScale: 20 / 3,
      squaredNorm: 3,
      covarianceTrace: 20,
      batches: 2,
      examples: 10,
    });
  });

  it('of three batches too', () => {
    // ḡ = (2, 2); squared deviations 1 + 5 + 4, over 2: 5. tr(Σ) = 5·5, |G|² = 8 − 5/3.
    const result = found(
      noiseOf(
        [
          [1, 2],
          [3, 0],
          [2, 4],
        ],
        5,
      ),
    );
    expect(result.covarianceTrace).toBeCloseTo(25, 12);
    expect(result.squaredNorm).toBeCloseTo(19 / 3, 12);
    expect(result.noiseScale).toBeCloseTo(75 / 19, 12);
  });

  it('is what McCandlish et al. write for a small and a big batch', () => {
    const gradients = fc
      .tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 12 }), fc.nat())
      .map(([batches, length, seed]) => {
        const rng = createRandom(seed);
        return Array.from({ length: batches }, () => Array.from({ length }, () => 0.5 + rng.normal()));
      });
    fc.assert(
      fc.property(gradients, fc.integer({ min: 1, max: 1000 }), (vectors, examples) => {
        const small = vectors.reduce((sum, vector) => sum + squaredNorm(vector), 0) / vectors.length;
        const big = squaredNorm(meanOf(vectors));
        const all = examples * vectors.length;
        const result = estimatesOf(noiseOf(vectors, examples));
        // Appendix A.1, with B_small = B and B_big = K·B.
        const scale = Math.max(small, big) * 1e-12;
        const expected = (all * big - examples * small) / (all - examples);
        expect(Math.abs(result.squaredNorm - expected)).toBeLessThan(10 * scale);
        const trace = (small - big) / (1 / examples - 1 / all);
        expect(Math.abs(result.covarianceTrace - trace)).toBeLessThan(10 * scale * all);
      }),
    );
  });

  it('estimates |G|² and tr(Σ) without bias', () => {
    const rng = createRandom('unbiased');
    const gradient = [1, -2, 0.5];
    // One example's gradient is G + L z with z standard normal: tr(Σ) = Σ L² = 9 + 5 + 14.
    const factor = [
      [3, 0, 0],
      [1, 2, 0],
      [1, -2, 3],
    ];
    const trace = factor.flat().reduce((sum, value) => sum + value * value, 0);
    const [batches, examples, repeats] = [4, 8, 4000];
    const norms: number[] = [];
    const traces: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      const vectors = Array.from({ length: batches }, () =>
        meanOf(
          Array.from({ length: examples }, () => {
            const z = [rng.normal(), rng.normal(), rng.normal()];
            return factor.map((row, i) => gradient[i] + row.reduce((sum, l, j) => sum + l * z[j], 0));
          }),
        ),
      );
      const estimates = estimatesOf(noiseOf(vectors, examples));
      norms.push(estimates.squaredNorm);
      traces.push(estimates.covarianceTrace);
    }
    for (const [values, truth] of [
      [norms, squaredNorm(gradient)],
      [traces, trace],
    ] as const) {
      const mean = values.reduce((sum, value) => sum + value, 0) / repeats;
      const deviation = Math.sqrt(
        values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (repeats - 1),
      );
      const standardError = deviation / Math.sqrt(repeats);
      // Sharp enough to see the bias of |ḡ|² (tr(Σ)/KB = 0.875, a sixth) and of dividing by K (a quarter).
      expect(standardError).toBeLessThan(0.01 * truth);
      expect(Math.abs(mean - truth)).toBeLessThan(3 * standardError);
    }
  });

  it('of a whole data set of N examples estimates the norm of its gradient less tr(Σ)/N', () => {
    const examples = [
      [1, 5],
      [2, -1],
      [4, 2],
      [-3, 2.5],
    ];
    const mean = meanOf(examples);
    const covarianceTrace =
      examples.reduce((sum, example) => sum + squaredNorm(example.map((value, i) => value - mean[i])), 0) / 3;
    // Every way to halve four examples.
    const halves = [
      [0, 1, 2, 3],
      [0, 2, 1, 3],
      [0, 3, 1, 2],
    ].map((order) =>
      estimatesOf(
        noiseOf(
          [
            meanOf([examples[order[0]], examples[order[1]]]),
            meanOf([examples[order[2]], examples[order[3]]]),
          ],
          2,
        ),
      ),
    );
    const average = (key: 'squaredNorm' | 'covarianceTrace'): number =>
      halves.reduce((sum, half) => sum + half[key] / 3, 0);
    expect(average('covarianceTrace')).toBeCloseTo(covarianceTrace, 12);
    expect(average('squaredNorm')).toBeCloseTo(squaredNorm(mean) - covarianceTrace / 4, 12);
  });

  it('keeps its digits where the mean is a hundred million times the noise', () => {
    const rng = createRandom('offset');
    // Multiples of 2^-20: adding 2^20 is exact, while the squares of the sums have no digits left for the noise.
    const vectors = Array.from({ length: 6 }, () =>
      Array.from({ length: 20 }, () => Math.round(rng.normal() * 2 ** 10) / 2 ** 20),
    );
    const plain = estimatesOf(noiseOf(vectors, 4)).covarianceTrace;
    const shifted = vectors.map((vector) => vector.map((value) => value + 2 ** 17));
    expect(Math.abs(estimatesOf(noiseOf(shifted, 4)).covarianceTrace / plain - 1)).toBeLessThan(1e-7);
  });

  it('does not depend on the order of the batches, keeps no gradient and can go on', () => {
    const rng = createRandom('order');
    const vectors = Array.from({ length: 7 }, () => Array.from({ length: 50 }, () => 1 + rng.normal()));
    const expected = found(noiseOf(vectors, 3));
    const noise = createGradientNoise(50);
    const buffer = new Float32Array(50);
    const single = createGradientNoise(50);
    for (const [added, at] of [...permutation(7, rng)].entries()) {
      buffer.set(vectors[at]);
      single.add(buffer, 3);
      noise.add(Float64Array.from(vectors[at]), 3);
      if (added === 2) expect(found(noise.result()).batches).toBe(3);
    }
    buffer.fill(0);
    expect(Math.abs(found(noise.result()).noiseScale / expected.noiseScale - 1)).toBeLessThan(1e-12);
    expect(Math.abs(found(single.result()).noiseScale / expected.noiseScale - 1)).toBeLessThan(1e-6);
  });

  it('is zero where all batches agree', () => {
    expect(
      noiseOf(
        [
          [3, 4],
          [3, 4],
        ],
        2,
      ),
    ).toMatchObject({ noiseScale: 0, squaredNorm: 25, covarianceTrace: 0 });
  });

  it('is undetermined where |G|² is not estimated as positive, with both estimates', () => {
    expect(
      noiseOf(
        [
          [1, 0],
          [-1, 0],
        ],
        5,
      ),
    ).toEqual({
      determined: false,
      reason: '|G|² is estimated as -1: the gradient is lost in the noise of 2 batches',
      estimates: { squaredNorm: -1, covarianceTrace: 10, batches: 2, examples: 5 },
    });
    expect(noiseOf([[0], [0]], 5)).toMatchObject({ determined: false, estimates: { squaredNorm: 0 } });
  });

  it.each([
    { of: 'one batch', gradients: [[1, 2]], reason: 'at least two batches (K = 1)' },
    {
      of: 'NaN',
      gradients: [
        [1, 2],
        [1, Number.NaN],
        [1, 2],
      ],
      reason: 'gradient 2 of 3 holds values',
    },
    { of: 'an infinity', gradients: [[Number.POSITIVE_INFINITY], [1]], reason: 'gradient 1 of 2' },
    { of: 'squares beyond float64', gradients: [[1e200], [2e200]], reason: 'not finite' },
  ])('is undetermined, with a reason, for $of', ({ gradients, reason }) => {
    const result = noiseOf(gradients, 2);
    expect(result.determined).toBe(false);
    expect(result).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  it('of no batches is undetermined, and batches of other sizes are refused', () => {
    expect(createGradientNoise(3).result()).toMatchObject({ reason: expect.stringContaining('K = 0') });
    const noise = createGradientNoise(3);
    noise.add(new Float64Array(3), 8);
    expect(() => noise.add(new Float64Array(3), 7)).toThrow('the batch has 7 examples; allowed: 8');
    expect(() => noise.add(new Float64Array(2), 8)).toThrow('the gradient has 2 elements; allowed: 3');
    expect(() => noise.add(new Float64Array(3), 0)).toThrow('examples is 0; allowed: a positive integer');
    expect(() => createGradientNoise(0)).toThrow('length is 0; allowed: a positive integer');
  });
});
