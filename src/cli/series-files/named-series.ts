import type { Series } from '../../dynamics/types.ts';

/** A series as it came in: with what stands in the way of testing it, if anything does. */
export interface NamedSeries {
  readonly name: string;
  readonly series: Series;
  /** Why it cannot be tested, found while reading; null where only the detector can say. */
  readonly problem: string | null;
}

/** 0, 1, 2 … */
export function countingSteps(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => i);
}

/** Why these are no training steps, or null where they are. */
export function problemOfSteps(steps: Float64Array): string | null {
  for (const [i, step] of steps.entries()) {
    if (!Number.isFinite(step)) return `step ${i} has no value`;
    if (i > 0 && !(step > steps[i - 1]))
      return `step ${i} is ${step} after ${steps[i - 1]}; steps must increase`;
  }
  return null;
}
