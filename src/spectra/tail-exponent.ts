import { whyUndefined } from './metrics/relative-values.ts';
import type { Spectrum } from './types.ts';

/**
 * Below ten values the fit says little: the standard error is a third of α − 1 or more, the estimate lies about 2/n of
 * it too high, and a distance as large as 0.3 would still not speak against a power law.
 */
const FEWEST_IN_TAIL = 10;

/** Weights are held in float32: a tail whose eigenvalues lie closer together than this is rounding, not a shape. */
const EQUAL_WITHIN = 1e-6;

/** A power law fitted to the largest eigenvalues of a matrix, or the reason why none was fitted. */
export type TailExponent =
  | {
      readonly determined: true;
      /** α of the density ∝ λ^(−α) from λmin on; above 1. */
      readonly exponent: number;
      /** (α − 1)/√n: the sampling error at this λmin. That λmin was chosen from the same values is not in it. */
      readonly standardError: number;
      /** λmin, the smallest eigenvalue of the tail, in the squared unit of the singular values. */
      readonly from: number;
      /** n, how many eigenvalues are at least λmin. */
      readonly tail: number;
      /** Kolmogorov-Smirnov: largest gap between the tail's distribution and the fitted law's, in (0, 1). */
      readonly distance: number;
    }
  | { readonly determined: false; readonly reason: string };

export interface TailOptions {
  /** The shortest tail tried, an integer of at least 2; 10 by default. */
  readonly fewestInTail?: number;
  /**
   * Where the distance is taken, at every step of the tail's distribution: `both` its sides (the default, the
   * Kolmogorov-Smirnov distance), or its `foot` alone, as WeightWatcher and the powerlaw package do.
   */
  readonly sides?: 'both' | 'foot';
  /** Eigenvalues up to here do not count; 0 by default. */
  readonly above?: number;
}

/**
 * The exponent α of a power law fitted to the upper tail of a matrix's eigenvalues λ = σ²: maximum likelihood
 * α = 1 + n / Σ ln(λᵢ/λmin) over the n eigenvalues from λmin on, with the λmin among them that brings the
 * Kolmogorov-Smirnov distance to its minimum (the longer tail where two are equal). Smaller α, heavier tail.
 *
 * **The exponent alone does not show that a power law holds.** Every spectrum gets one: untrained Gaussian weights
 * too, whose eigenvalues end at a sharp edge (α from 3 to 20 over a hundred matrices of [256, 512]). The distance tells
 * which fits to distrust: fitted in this way, 19 of 20 samples of a power law stay below 0.8/√n (50 to 512 values,
 * exponents 2 and 3.5); for other cases simulate them, as Clauset et al. do in §4. A small distance proves nothing,
 * since short tails fit many laws: of those Gaussian matrices only half exceed 0.8/√n, of [64, 128] ones a fifth. Read
 * α beside the same fit to weights at initialization or to shuffled weights.
 *
 * For independent draws from a power law, 1.96 standard errors cover α in 92 % of fits (95 % if λmin is not chosen).
 * Eigenvalues of one matrix are not independent, they repel each other: there the error is a guide to scale only.
 *
 * Only singular values that carry digits (`spectrum.reliable`) are used. Any multiple of a matrix has the same α.
 *
 * @param spectrum of a weight matrix, without centering in the literature; any centering is accepted.
 * @param options which tails are tried, and how; the number of values itself as `fewestInTail` fits all of them, with
 *   no choice of λmin.
 * @throws RangeError if `fewestInTail` is out of range.
 *
 * Source: Clauset, Shalizi & Newman 2009, *Power-law distributions in empirical data*, eq. 3.1 and §3.3 (the distance
 * taken on both sides of every step, as `scipy.stats.kstest` does; R's poweRlaw looks at one side only); for weight
 * matrices Martin & Mahoney 2021, *Implicit self-regularization in deep neural networks*.
 *
 * @example
 * const fit = tailExponent(spectrumOf({ data: weights, rows: 256, columns: 512 }, { centering: 'none' }));
 * if (fit.determined) console.log(`${fit.exponent} ± ${fit.standardError}, distance ${fit.distance}`);
 */
export function tailExponent(spectrum: Spectrum, options: TailOptions = {}): TailExponent {
  const fewest = options.fewestInTail ?? FEWEST_IN_TAIL;
  if (!(Number.isInteger(fewest) && fewest >= 2)) {
    throw new RangeError(`fewestInTail is ${fewest}; allowed: an integer of at least 2`);
  }
  const reason = whyUndefined(spectrum);
  if (reason !== null) return { determined: false, reason };
  const { singularValues } = spectrum;
  const above = options.above ?? 0;
  let values = Math.min(spectrum.reliable, singularValues.length);
  while (values > 0 && !(singularValues[values - 1] ** 2 > above)) values--;
  if (values < fewest) {
    const few = `the tail needs at least ${fewest} eigenvalues, the spectrum has ${values} that carry digits`;
    return { determined: false, reason: few };
  }

  const logs = new Float64Array(values);
  for (let i = 0; i < values; i++) logs[i] = 2 * Math.log(singularValues[i] / singularValues[0]);
  const best = closestTail(logs, fewest, options.sides ?? 'both');
  if (best === null) return { determined: false, reason: `the ${values} eigenvalues are all equal` };

  const { tail, slope, distance } = best;
  const from = singularValues[tail - 1] ** 2;
  if (!(from > 0 && from < Number.POSITIVE_INFINITY)) {
    return { determined: false, reason: `the eigenvalue ${from} is outside the range of numbers` };
  }
  return {
    determined: true,
    exponent: 1 + slope,
    standardError: slope / Math.sqrt(tail),
    from,
    tail,
    distance,
  };
}

/** A tail's length, its fitted α − 1, and how far from the tail the fitted law is. */
interface Tail {
  readonly tail: number;
  readonly slope: number;
  readonly distance: number;
}

/** The tail closest to its own power law, of those with `fewest` values or more; null where all values are equal. */
function closestTail(logs: Float64Array, fewest: number, sides: 'both' | 'foot'): Tail | null {
  let best: Tail | null = null;
  // Σ ln(λᵢ/λmin), carried from one tail to the next by terms of one sign: no digits are lost to cancellation.
  let sum = 0;
  for (let tail = 2; tail <= logs.length; tail++) {
    sum += (tail - 1) * (logs[tail - 2] - logs[tail - 1]);
    const splitsEqualValues = tail < logs.length && logs[tail] === logs[tail - 1];
    if (tail < fewest || splitsEqualValues || sum <= EQUAL_WITHIN * tail) continue;
    const slope = tail / sum;
    const bound = best?.distance ?? 1;
    const distance = distanceWithin(logs, { tail, slope, sides }, bound);
    if (distance <= bound) best = { tail, slope, distance };
  }
  return best;
}

/**
 * Kolmogorov-Smirnov distance between the first `tail` values and the law P(λ > x) = (x/λmin)^(−slope); or, as soon as
 * it is known to exceed `bound`, some number above that. Most tails are given up after a few values.
 */
function distanceWithin(
  logs: Float64Array,
  { tail, slope, sides }: { readonly tail: number; readonly slope: number; readonly sides: 'both' | 'foot' },
  bound: number,
): number {
  const from = logs[tail - 1];
  let distance = 0;
  for (let i = 0; i < tail && distance <= bound; i++) {
    // Descending values: the share above value i is i/n just above it and (i + 1)/n at it, ties included.
    const above = tail * Math.exp(-slope * (logs[i] - from));
    const atFoot = Math.abs(i + 1 - above) / tail;
    distance = Math.max(distance, sides === 'both' ? Math.max((above - i) / tail, atFoot) : atFoot);
  }
  return distance;
}
