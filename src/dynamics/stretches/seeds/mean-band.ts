import { studentQuantile95 } from './seed-quantiles.ts';
import type { MeanCurve } from './types.ts';

/** The mean of the seeds with its 95 % band, place by place. @param values [seed][place], at least 2 seeds. */
export function bandOf(steps: Float64Array, values: readonly Float64Array[]): MeanCurve {
  const k = values.length;
  const factor = studentQuantile95(k) / Math.sqrt(k);
  const mean = new Float64Array(steps.length);
  const margin = new Float64Array(steps.length);
  for (let i = 0; i < steps.length; i++) {
    for (const run of values) mean[i] += run[i] / k;
    let squares = 0;
    for (const run of values) squares += (run[i] - mean[i]) ** 2;
    margin[i] = factor * Math.sqrt(squares / (k - 1));
  }
  return {
    steps,
    mean,
    low: mean.map((value, i) => value - margin[i]),
    high: mean.map((value, i) => value + margin[i]),
  };
}
