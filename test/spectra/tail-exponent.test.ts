import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import { type TailExponent, tailExponent } from '../../src/spectra/tail-exponent.ts';
import type { Spectrum } from '../../src/spectra/types.ts';
import { gaussianMatrix } from './fixtures.ts';

type Fit = Extract<TailExponent, { determined: true }>;

function fitOf(result: TailExponent): Fit {
  if (!result.determined) throw new Error(`not determined: ${result.reason}`);
  return result;
}

function reasonFor(result: TailExponent): string {
  if (result.determined) throw new Error(`determined: ${result.exponent}`);
  return result.reason;
}

/** The raw spectrum of a matrix whose eigenvalues λ = σ² are these, in any order. */
function spectrumWith(eigenvalues: ArrayLike<number>, reliable = eigenvalues.length): Spectrum {
  const singularValues = Float64Array.from(eigenvalues, Math.sqrt).sort().reverse();
  const side = singularValues.length;
  return {
    singularValues,
    samples: side,
    features: side,
    centering: 'none',
    reliable,
    rowFourthMoment: Number.NaN,
  };
}

function paretoSample(n: number, exponent: number, seed: string | number): Float64Array {
  const rng = createRandom(seed);
  return Float64Array.from({ length: n }, () => (1 - rng.uniform()) ** (-1 / (exponent - 1)));
}

/** Golden-ratio points in (0, 1): every second one as it is, the others as Pareto values of exponent 2.5 above 1. */
const bodyAndTail = Float64Array.from({ length: 200 }, (_, k) => {
  const u = ((k + 1) * 0.6180339887498949) % 1;
  return k % 2 === 0 ? u : (1 - u) ** (-1 / 1.5);
});

const waves = {
  data: Float64Array.from({ length: 60 * 40 }, (_, at) => {
    const i = Math.floor(at / 40);
    const j = at % 40;
    return Math.sin(12.9898 * i + 78.233 * j + i * j) / Math.sqrt(1 + i);
  }),
  rows: 60,
  columns: 40,
};

/**
 * The fit as the definition says it, on eigenvalues instead of their logarithms, every tail in full: the distance
 * counts, for every value, the share of the tail at or below and below it.
 */
function exhaustiveFit(eigenvalues: readonly number[], fewest: number): Omit<Fit, 'determined'> {
  const fits = [...new Set(eigenvalues)]
    .map((from) => {
      const tail = eigenvalues.filter((value) => value >= from);
      const exponent = 1 + tail.length / tail.reduce((sum, value) => sum + Math.log(value / from), 0);
      const gaps = tail.flatMap((value) => {
        const law = 1 - (value / from) ** (1 - exponent);
        const below = tail.filter((other) => other < value).length / tail.length;
        const atOrBelow = tail.filter((other) => other <= value).length / tail.length;
        return [Math.abs(law - below), Math.abs(law - atOrBelow)];
      });
      const standardError = (exponent - 1) / Math.sqrt(tail.length);
      return { exponent, standardError, from, tail: tail.length, distance: Math.max(...gaps) };
    })
    .filter(({ tail, exponent }) => tail >= fewest && Number.isFinite(exponent));
  return fits.reduce((best, fit) => (fit.distance < best.distance ? fit : best));
}

describe('the tail exponent', () => {
  /*
   * SciPy 1.10.1, NumPy 1.24.2: for every λmin with ten values (`fewest`) or more from it on,
   *   b, _, _ = stats.pareto.fit(tail, floc=0, fscale=xmin)
   *   distance = stats.kstest(tail, stats.pareto(b, scale=xmin).cdf).statistic
   * and the λmin of the least distance; exponent 1 + b. R's poweRlaw 0.70.6 (conpl, estimate_pars) gives the same
   * exponents at these λmin within 2e-8, the tolerance of its optimizer. For `waves`: λ = svd(waves)².
   */
  it.each([
    {
      of: 'half uniform, half Pareto values',
      spectrum: spectrumWith(bodyAndTail),
      options: {},
      expected: [2.515838576492523, 1.0067566167257158, 100, 0.017726559790248286],
    },
    {
      of: 'a matrix of waves',
      spectrum: spectrumOf(waves, { centering: 'none' }),
      options: {},
      expected: [2.7178071436984537, 3.023706219102377, 11, 0.12399978467813266],
    },
    {
      of: 'the whole parts of 60/k, with ties',
      spectrum: spectrumWith(Array.from({ length: 60 }, (_, k) => Math.floor(60 / (k + 1)))),
      options: {},
      expected: [2.2629840461564323, 5, 12, 0.16666666666666666],
    },
    {
      of: 'the same, with tails of at least 20',
      spectrum: spectrumWith(Array.from({ length: 60 }, (_, k) => Math.floor(60 / (k + 1)))),
      options: { fewestInTail: 20 },
      expected: [2.2125429295020362, 3, 20, 0.25],
    },
  ])('of $of is what SciPy gives, within 1e-11', ({ spectrum, options, expected }) => {
    const fit = fitOf(tailExponent(spectrum, options));
    const [exponent, from, tail, distance] = expected;
    expect(fit.tail).toBe(tail);
    expect(Math.abs(fit.exponent / exponent - 1)).toBeLessThan(1e-11);
    expect(Math.abs(fit.from / from - 1)).toBeLessThan(1e-11);
    expect(Math.abs(fit.distance - distance)).toBeLessThan(1e-11);
    expect(Math.abs((fit.standardError * Math.sqrt(tail)) / (exponent - 1) - 1)).toBeLessThan(1e-11);
  });

  it('is the best of all tails, as trying them one by one in full finds it', () => {
    for (let seed = 0; seed < 40; seed++) {
      const heavy = paretoSample(60, 2 + (seed % 4), seed);
      // Odd seeds: rounded to one decimal, so that values are tied.
      const eigenvalues = Array.from(heavy, (value) =>
        seed % 2 === 0 ? value : Math.round(10 * value) / 10,
      );
      const fewest = [2, 10, 30, 60][seed % 4];
      const fit = fitOf(tailExponent(spectrumWith(eigenvalues), { fewestInTail: fewest }));
      const expected = exhaustiveFit(eigenvalues, fewest);
      expect(fit.tail, `seed ${seed}`).toBe(expected.tail);
      for (const key of ['exponent', 'standardError', 'from', 'distance'] as const) {
        expect(Math.abs(fit[key] / expected[key] - 1), `${key}, seed ${seed}`).toBeLessThan(1e-10);
      }
    }
  });

  it('of Pareto samples lies within its standard error as often as a normal estimate, if all values are fitted', () => {
    const samples = 1000;
    const exponent = 3;
    let within = 0;
    let twice = 0;
    for (let seed = 0; seed < samples; seed++) {
      const spectrum = spectrumWith(paretoSample(512, exponent, `all/${seed}`));
      const fit = fitOf(tailExponent(spectrum, { fewestInTail: 512 }));
      const error = Math.abs(fit.exponent - exponent) / fit.standardError;
      if (error < 1) within++;
      if (error < 1.96) twice++;
    }
    // Three standard errors of a share over 1000 samples: 0.044 and 0.021.
    expect(Math.abs(within / samples - 0.683)).toBeLessThan(0.044);
    expect(Math.abs(twice / samples - 0.95)).toBeLessThan(0.021);
  });

  it('with λmin chosen covers 92 % by 1.96 standard errors, and 19 of 20 distances stay below 0.8/√n', () => {
    const samples = 600;
    const exponent = 2;
    let covered = 0;
    let close = 0;
    for (let seed = 0; seed < samples; seed++) {
      const fit = fitOf(tailExponent(spectrumWith(paretoSample(200, exponent, `chosen/${seed}`))));
      if (Math.abs(fit.exponent - exponent) < 1.96 * fit.standardError) covered++;
      if (fit.distance * Math.sqrt(fit.tail) < 0.8) close++;
    }
    // Three standard errors of a share over 600 samples: 0.033 and 0.027.
    expect(Math.abs(covered / samples - 0.92)).toBeLessThan(0.033);
    expect(Math.abs(close / samples - 0.95)).toBeLessThan(0.027);
  });

  it('finds the tail above a body that follows no power law', () => {
    const rng = createRandom('body');
    const body = Array.from({ length: 300 }, () => rng.uniform());
    const fit = fitOf(tailExponent(spectrumWith([...body, ...paretoSample(200, 2.5, 'tail')])));
    expect(fit.from).toBeGreaterThan(0.8);
    expect(Math.abs(fit.exponent - 2.5)).toBeLessThan(3 * fit.standardError);
    const throughout = fitOf(
      tailExponent(spectrumWith([...body, ...paretoSample(200, 2.5, 'tail')]), {
        fewestInTail: 500,
      }),
    );
    expect(throughout.distance * Math.sqrt(500)).toBeGreaterThan(3);
  });

  it('is the same for any multiple of a matrix', () => {
    const factors = fc.integer({ min: -200, max: 200 }).map((decade) => 10 ** (decade / 10));
    fc.assert(
      fc.property(fc.nat(), factors, (seed, factor) => {
        const eigenvalues = paretoSample(50, 2.5, seed);
        const plain = fitOf(tailExponent(spectrumWith(eigenvalues)));
        const scaled = fitOf(tailExponent(spectrumWith(eigenvalues.map((value) => value * factor))));
        expect(scaled.tail).toBe(plain.tail);
        expect(Math.abs(scaled.exponent / plain.exponent - 1)).toBeLessThan(1e-10);
        expect(Math.abs(scaled.distance / plain.distance - 1)).toBeLessThan(1e-10);
        expect(Math.abs(scaled.from / plain.from / factor - 1)).toBeLessThan(1e-10);
      }),
    );
  });

  it('is also given for Gaussian weights, which have no heavy tail: any steep one, and half of the distances tell', () => {
    const fits = Array.from({ length: 20 }, (_, seed) => {
      const spectrum = spectrumOf(gaussianMatrix(256, 512, seed), { centering: 'none' });
      return {
        chosen: fitOf(tailExponent(spectrum)),
        whole: fitOf(tailExponent(spectrum, { fewestInTail: 256 })),
      };
    });
    for (const { chosen, whole } of fits) {
      // Marchenko-Pastur ends at (√256 + √512)² = 1492: the tail is squeezed in below that edge.
      expect(chosen.exponent).toBeGreaterThan(3);
      expect(chosen.from).toBeGreaterThan(512);
      expect(whole.distance * Math.sqrt(256)).toBeGreaterThan(3);
    }
    const suspect = fits.filter(({ chosen }) => chosen.distance * Math.sqrt(chosen.tail) > 0.8).length;
    expect(suspect).toBeGreaterThanOrEqual(5);
    expect(suspect).toBeLessThanOrEqual(15);
    const exponents = fits.map(({ chosen }) => chosen.exponent);
    expect(Math.max(...exponents) - Math.min(...exponents)).toBeGreaterThan(4);
  });

  it('uses only the values that carry digits', () => {
    const eigenvalues = [...paretoSample(80, 2, 'digits')].sort((a, b) => b - a);
    const lost = eigenvalues.map((value, i) => (i < 50 ? value : value * 1e-20));
    expect(tailExponent(spectrumWith(lost, 50), { fewestInTail: 50 })).toEqual(
      tailExponent(spectrumWith(eigenvalues.slice(0, 50)), { fewestInTail: 50 }),
    );
  });

  it.each([
    { of: 'nine values', spectrum: spectrumWith(paretoSample(9, 2, 1)), reason: 'has 9 that carry digits' },
    {
      of: 'nine reliable values of 30',
      spectrum: spectrumWith(paretoSample(30, 2, 1), 9),
      reason: 'at least 10 eigenvalues',
    },
    {
      of: 'equal values',
      spectrum: spectrumWith(new Array<number>(20).fill(0.3)),
      reason: 'the 20 eigenvalues are all equal',
    },
    {
      of: 'values equal up to float32 rounding',
      spectrum: spectrumWith(Array.from({ length: 20 }, (_, i) => 1 + i * 5e-8)),
      reason: 'all equal',
    },
    {
      of: 'zeros',
      spectrum: spectrumWith(new Float64Array(20), 0),
      reason: 'every element of the matrix is zero',
    },
    {
      of: 'a matrix with NaN',
      spectrum: spectrumOf(
        { data: new Float64Array(400).fill(Number.NaN), rows: 20, columns: 20 },
        { centering: 'none' },
      ),
      reason: 'NaN',
    },
    {
      of: 'values beyond float64 when squared',
      spectrum: {
        ...spectrumWith(paretoSample(20, 2, 1)),
        singularValues: new Float64Array(20).map((_, i) => 1e300 / (i + 1)),
      },
      reason: 'outside the range of numbers',
    },
  ])('is undetermined, with a reason, for $of', ({ spectrum, reason }) => {
    expect(reasonFor(tailExponent(spectrum))).toContain(reason);
  });

  it.each([1, 0, 10.5, Number.NaN])('refuses tails of %d values', (fewestInTail) => {
    expect(() => tailExponent(spectrumWith(paretoSample(20, 2, 1)), { fewestInTail })).toThrow(
      /fewestInTail.*at least 2/,
    );
  });
});
