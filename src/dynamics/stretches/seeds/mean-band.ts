import { studentQuantile95 } from './seed-quantiles.ts';
import type { MeanCurve } from './types.ts';

/** The mean of the seeds with its 95 % band, place by place. @param values [seed][place], at least 2 seeds. */
export function bandOf(steps: Float64Array, values: readonly Float64Array[]): MeanCurve {
  const k = values.length;
  const factor = studentQuantile95(k) / Math.sqrt(k);
  const mean = new Float64Array(steps.length);
  const low = new Float64Array(steps.length);
  const high = new Float64Array(steps.length);
  for (let i = 0; i < steps.length; i++) {
    for (const run of values) mean[i] += run[i] / k;
    let squares = 0;
    for (const run of values) squares += (run[i] - mean[i]) ** 2;
    const margin = factor * Math.sqrt(squares / (k - 1));
    low[i] = mean[i] - margin;
    high[i] = mean[i] + margin;
  }
  return { steps, mean, low, high };
}
