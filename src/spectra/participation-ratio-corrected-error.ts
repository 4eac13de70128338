import { InputError } from '../errors/input-error.ts';
import { powerOfTwoNear } from '../numerics/symmetric-eigenvalues.ts';
import { centeredGram } from './centered-gram.ts';
import { determined, undetermined } from './determined.ts';
import { leaveOutMoments } from './leave-out-moments.ts';
import { checkShape, largestElement } from './matrix.ts';
import { correctedRatio, FEWEST_SAMPLES } from './metrics/participation-ratio-corrected.ts';
import type { Determined, Matrix } from './types.ts';

/** The jackknife holds [P, P] matrices and looks at every pair of samples: 32 MB and some seconds at this many. */
const MOST_SAMPLES = 2048;

/** An estimate and the standard error that sampling gives it. */
export interface EstimateWithError {
  readonly estimate: Determined;
  readonly standardError: Determined;
}

/**
 * The participation ratio corrected for finite samples, straight from a [P samples, Q features] matrix, with its
 * jackknife standard error over the samples: leaving out one and two, so no random numbers are needed. No eigenvalues
 * either: all leave-out values follow from one [P, P] Gram matrix.
 *
 * The estimate equals `participationRatioCorrected` of the centered spectrum up to rounding. The standard error speaks
 * of other samples from the same population, taken as independent. (A bootstrap that draws rows with replacement is
 * no alternative: repeated rows correlate perfectly, which the correction would take for structure.)
 *
 * Source: Himeno & Yamada 2014 for the estimate; Efron & Stein 1981, *The jackknife estimate of variance*, for the
 * error: leaving out one sample counts the part of the variance that comes from pairs twice, which leaving out two
 * measures and removes.
 *
 * @throws InputError if the shape and the data contradict each other, or there are more than 2048 samples.
 * @example
 * const { estimate, standardError } = participationRatioCorrectedWithError({ data: activations, rows: 160, columns: 64 });
 */
export function participationRatioCorrectedWithError(matrix: Matrix): EstimateWithError {
  checkShape(matrix);
  const { rows, columns } = matrix;
  if (rows > MOST_SAMPLES) {
    throw new InputError({ field: 'matrix.rows', value: rows, allowed: `at most ${MOST_SAMPLES} samples` });
  }
  const size = largestElement(matrix);
  if ('notFinite' in size) return neither(size.notFinite);

  const moments = leaveOutMoments(
    centeredGram(matrix, 'samples', powerOfTwoNear(size.largest || 1)),
    columns,
  );
  const estimate = correctedRatio(moments([]));
  if (!estimate.determined) return neither(estimate.reason);
  if (rows < FEWEST_SAMPLES + 2) {
    const reason = `the jackknife needs at least ${FEWEST_SAMPLES + 2} samples (P = ${rows})`;
    return { estimate, standardError: undetermined(reason) };
  }
  return {
    estimate,
    standardError: jackknifeError(rows, estimate.value, (left) => correctedRatio(moments(left))),
  };
}

function neither(reason: string): EstimateWithError {
  return { estimate: undetermined(reason), standardError: undetermined(reason) };
}

function jackknifeError(
  n: number,
  whole: number,
  without: (left: readonly number[]) => Determined,
): Determined {
  const single = new Float64Array(n);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    const value = without([i]);
    if (!value.determined) return undetermined(`without sample ${i}: ${value.reason}`);
    single[i] = value.value;
    mean += value.value / n;
  }
  let fromSingle = 0;
  let fromPairs = 0;
  for (let i = 0; i < n; i++) {
    fromSingle += (single[i] - mean) ** 2;
    for (let j = 0; j < i; j++) {
      const value = without([i, j]);
      if (!value.determined) return undetermined(`without samples ${j} and ${i}: ${value.reason}`);
      fromPairs += (whole - single[i] - single[j] + value.value) ** 2;
    }
  }
  // The part from pairs is counted twice at most, so the variance is at least half of the plain jackknife's.
  const variance = ((n - 1) / n) * Math.max(fromSingle - fromPairs, fromSingle / 2);
  return determined(Math.sqrt(variance));
}
