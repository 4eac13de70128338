import { gammaQuantile } from '../../../numerics/special-functions/incomplete-gamma.ts';
import { studentTQuantile } from '../../../numerics/student-t.ts';

/** Quantiles that depend on the number of seeds alone: kept, for they are asked for thousands of times and cost much. */
const kept = { student: new Map<number, number>(), spread: new Map<number, number>() };

/** Student's quantile of a two-sided 95 % interval of the mean over `count` seeds, at least 2. */
export function studentQuantile95(count: number): number {
  return known(kept.student, count, () => studentTQuantile(0.975, count - 1));
}

/** Median of the variance over `count` seeds, at least 2, of variance 1: of χ² over its degrees of freedom. */
export function medianVariance(count: number): number {
  return known(kept.spread, count, () => (2 * gammaQuantile(0.5, (count - 1) / 2)) / (count - 1));
}

function known(values: Map<number, number>, count: number, compute: () => number): number {
  const value = values.get(count) ?? compute();
  values.set(count, value);
  return value;
}
