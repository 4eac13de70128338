/** What gradients of disjoint batches at the same weights tell, or why they do not. */
export type GradientNoise =
  | ({
      readonly determined: true;
      /** tr(Σ)/|G|², in examples: batches well below it are mostly noise, batches well above it waste examples. */
      readonly noiseScale: number;
    } & NoiseEstimates)
  | {
      readonly determined: false;
      readonly reason: string;
      /**
       * Present where only the ratio is missing. An average over several points of training must include these, too:
       * leaving out the points with a low |G|² would raise it.
       */
      readonly estimates?: NoiseEstimates;
    };

/** The two unbiased estimates that the noise scale is the ratio of. */
export interface NoiseEstimates {
  /** |G|², the squared norm of the true gradient; an unbiased estimate of a small one may be negative. */
  readonly squaredNorm: number;
  /** tr(Σ), the trace of the covariance of one example's gradient; not negative. */
  readonly covarianceTrace: number;
  /** K, how many gradients were added. */
  readonly batches: number;
  /** B, examples in each batch. */
  readonly examples: number;
}

/** Takes gradients one after another; holds one vector of their length. */
export interface GradientNoiseAccumulator {
  /**
   * @param gradient of the mean loss over one batch; read before the call returns, not kept or changed.
   * @param examples B, how many examples the batch has; the same for all batches.
   * @throws RangeError if the length or the batch size differs from what was announced or added before.
   */
  add(gradient: Float32Array | Float64Array, examples: number): void;
  /** From all gradients so far; more may be added afterwards. */
  result(): GradientNoise;
}

/**
 * Unbiased estimates of |G|² and tr(Σ) from the gradients of K disjoint batches of B examples each at the same
 * weights, and their ratio, the simple noise scale tr(Σ)/|G|².
 *
 * A batch's gradient is G plus noise of covariance Σ/B. So B times the variance of the K gradients about their mean ḡ,
 * summed over the parameters, estimates tr(Σ), and |ḡ|² − tr(Σ)/(K·B) estimates |G|². Both are what McCandlish et al.
 * get from a small batch (each of the K) and a big one (all K together).
 *
 * The ratio of two unbiased estimates is not unbiased: where |G|² is small beside tr(Σ)/(K·B), average both parts over
 * several points and divide then. G is the gradient over the population that the examples come from; of a whole
 * data set of N examples the squared norm is tr(Σ)/N more on average.
 *
 * Undetermined with fewer than two batches, with values that are not finite, and where |G|² is not estimated as positive.
 *
 * Source: McCandlish, Kaplan, Amodei et al. 2018, *An empirical model of large-batch training*, eq. 2.9 and appendix A.1.
 *
 * @param length number of parameters, at least 1.
 * @throws RangeError if the length is not a positive integer.
 * @example
 * const noise = createGradientNoise(2);
 * noise.add(Float64Array.of(3, 0), 10);
 * noise.add(Float64Array.of(1, 0), 10);
 * noise.result(); // ḡ = (2, 0), variance 2: covarianceTrace 20, squaredNorm 4 − 1 = 3, noiseScale 20/3
 */
export function createGradientNoise(length: number): GradientNoiseAccumulator {
  checkCount('length', length);
  const mean = new Float64Array(length);
  /** Σ over batches of |g − ḡ|². */
  let squaredDeviations = 0;
  let batches = 0;
  let batchSize = 0;
  let firstNotFinite = 0;

  const add = (gradient: Float32Array | Float64Array, examples: number): void => {
    checkCount('examples', examples);
    if (gradient.length !== length) {
      throw new RangeError(`the gradient has ${gradient.length} elements; allowed: ${length}`);
    }
    if (batches > 0 && examples !== batchSize) {
      throw new RangeError(`the batch has ${examples} examples; allowed: ${batchSize}, as in the first one`);
    }
    batchSize = examples;
    batches++;
    // Welford's recurrence: a mean far larger than the noise costs no digits, as a sum of squares less |ḡ|² would.
    let square = 0;
    for (let i = 0; i < length; i++) {
      const change = gradient[i] - mean[i];
      mean[i] += change / batches;
      square += change * change;
    }
    squaredDeviations += square * ((batches - 1) / batches);
    if (firstNotFinite === 0 && !Number.isFinite(square)) firstNotFinite = batches;
  };

  const result = (): GradientNoise => {
    if (firstNotFinite > 0) {
      return undetermined(`gradient ${firstNotFinite} of ${batches} holds values that are not finite`);
    }
    if (batches < 2) return undetermined(`the noise needs at least two batches (K = ${batches})`);
    const variance = squaredDeviations / (batches - 1);
    let squareOfMean = 0;
    for (let i = 0; i < length; i++) squareOfMean += mean[i] * mean[i];
    const estimates: NoiseEstimates = {
      squaredNorm: squareOfMean - variance / batches,
      covarianceTrace: batchSize * variance,
      batches,
      examples: batchSize,
    };
    const noiseScale = estimates.covarianceTrace / estimates.squaredNorm;
    if (!(estimates.squaredNorm > 0)) {
      const drowned = `|G|² is estimated as ${estimates.squaredNorm}: the gradient is lost in the noise of ${batches} batches`;
      return { ...undetermined(drowned), estimates };
    }
    if (!Number.isFinite(noiseScale))
      return undetermined(`the ratio ${noiseScale} is outside the range of numbers`);
    return { determined: true, noiseScale, ...estimates };
  };
  return { add, result };
}

function undetermined(reason: string): { readonly determined: false; readonly reason: string } {
  return { determined: false, reason };
}

function checkCount(name: string, count: number): void {
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new RangeError(`${name} is ${count}; allowed: a positive integer`);
  }
}
