import type { Series } from '../../../detectors/types.ts';
import { sameNumbers } from '../../../numerics/same-numbers.ts';

/** Runs measured at the same steps. */
export interface CommonSteps {
  readonly steps: Float64Array;
  /** [run][step] */
  readonly values: readonly Float64Array[];
  /** Steps of any run that not all have a value at. */
  readonly dropped: number;
}

/** Keeps the steps at which every run has a finite value. */
export function commonSteps(runs: readonly Series[]): CommonSteps {
  const [{ steps: first }] = runs;
  if (runs.every(({ steps, values }) => sameNumbers(steps, first) && values.every(Number.isFinite)))
    return { steps: first, values: runs.map(({ values }) => values), dropped: 0 };
  const counts = new Map<number, number>();
  for (const { steps, values } of runs) {
    for (let i = 0; i < steps.length; i++) {
      counts.set(steps[i], (counts.get(steps[i]) ?? 0) + (Number.isFinite(values[i]) ? 1 : 0));
    }
  }
  const common = [...counts].filter(([, count]) => count === runs.length).map(([step]) => step);
  const steps = Float64Array.from(common).sort();
  const values = runs.map((run) => {
    const at = new Map(Array.from(run.steps, (step, i) => [step, run.values[i]]));
    return steps.map((step) => at.get(step) ?? Number.NaN);
  });
  return { steps, values, dropped: counts.size - steps.length };
}
