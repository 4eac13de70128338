import { determined, undetermined } from '../determined.ts';
import type { Determined, Metric } from '../types.ts';
import { whyUndefined } from './relative-values.ts';

/** The corrections need products of four different samples. */
export const FEWEST_SAMPLES = 4;

/** The true value lies between 1 and Q; an estimate beyond twice these bounds says nothing. */
const SLACK = 2;

/** A difference below this share of its terms is rounding. */
const CANCELED = 1e-10;

/** The moments of centered rows xᵢ − x̄ that the estimate is made of. */
export interface RowMoments {
  /** P. */
  readonly samples: number;
  /** Q. */
  readonly features: number;
  /** Σᵢ ‖xᵢ − x̄‖². */
  readonly scatterTrace: number;
  /** The squared Frobenius norm of Σᵢ (xᵢ − x̄)(xᵢ − x̄)ᵀ. */
  readonly scatterSquare: number;
  /** Σᵢ ‖xᵢ − x̄‖⁴. */
  readonly fourthMoment: number;
}

/**
 * The participation ratio (tr Σ)² / tr Σ² of the population from which the samples were drawn: the ratio of two
 * unbiased estimates, where the plain participation ratio of P samples stays below P − 1 whatever the population.
 *
 * Needs a column-centered spectrum of at least four samples. The samples are taken as independent; nothing is assumed
 * of their distribution but fourth moments. A small upward bias remains where samples are few, and the value may
 * exceed Q. Not determined where an estimate is not safely positive or the ratio is beyond [1/2, 2Q].
 *
 * Source: Himeno & Yamada 2014, *Estimations for some functions of covariance matrix in high dimension under
 * non-normality*; the bias itself: Chun et al. 2026.
 *
 * @example
 * participationRatioCorrected(spectrumOf({ data: activations, rows: 160, columns: 64 }));
 */
export const participationRatioCorrected: Metric = (spectrum) => {
  const reason = whyUndefined(spectrum);
  if (reason !== null) return undetermined(reason);
  const { samples, features, singularValues } = spectrum;
  if (spectrum.centering !== 'columns') {
    return undetermined('the finite-sample correction is defined for column-centered samples only');
  }
  const largest = singularValues[0];
  let scatterTrace = 0;
  let scatterSquare = 0;
  for (const value of singularValues) {
    const variance = (value / largest) ** 2;
    scatterTrace += variance;
    scatterSquare += variance * variance;
  }
  const fourthMoment = spectrum.rowFourthMoment / largest / largest / largest / largest;
  return correctedRatio({ samples, features, scatterTrace, scatterSquare, fourthMoment });
};

/** The estimate from the moments of centered rows; any common scale of the rows cancels. */
export function correctedRatio(moments: RowMoments): Determined {
  const { samples: n, features, scatterTrace, scatterSquare, fourthMoment } = moments;
  const where = `(P = ${n}, Q = ${features})`;
  if (n < FEWEST_SAMPLES) {
    return undetermined(`the finite-sample correction needs at least ${FEWEST_SAMPLES} samples ${where}`);
  }
  if (scatterTrace === 0) return undetermined(`every feature is constant over the samples ${where}`);
  // By Cauchy and Schwarz; a smaller moment is missing, or was lost to underflow.
  const leastFourth = (scatterTrace * scatterTrace) / n;
  if (!(fourthMoment >= leastFourth * (1 - 1e-9) && fourthMoment < Number.POSITIVE_INFINITY)) {
    return undetermined(`the fourth moment of the rows is missing or out of range ${where}`);
  }
  const t2 = (scatterTrace / (n - 1)) ** 2;
  const u = scatterSquare / (n - 1) ** 2;
  const nq = (n * fourthMoment) / (n - 1);
  // Both estimates share the factor (n − 1) / (n (n − 2) (n − 3)), which cancels in the ratio.
  const traceOfSquare = (n - 1) * (n - 2) * u + t2 - nq;
  const squareOfTrace = 2 * u + (n * n - 3 * n + 1) * t2 - nq;
  const rounding = CANCELED * (n * n * u + n * n * t2 + nq);
  if (!(traceOfSquare > rounding && squareOfTrace > rounding)) {
    return undetermined(`the unbiased estimate of tr Σ² or (tr Σ)² is not safely positive ${where}`);
  }
  const ratio = squareOfTrace / traceOfSquare;
  if (ratio < 1 / SLACK || ratio > SLACK * features) {
    return undetermined(
      `the corrected ratio ${ratio.toPrecision(4)} is far outside 1 to Q: too few samples for this spectrum ${where}`,
    );
  }
  return determined(ratio);
}
