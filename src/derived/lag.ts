/** Pairs of measurements at one distance in training steps. */
export interface LaggedPairs {
  /** The distance, in training steps; null where no distance occurs twice. */
  readonly lag: number | null;
  /** For every measurement the index of the one exactly `lag` steps before it; −1 where there is none. */
  readonly earlier: Int32Array;
}

/** Far more distances than a schedule has; a longer list is thinned by looking at neighbors only. */
const mostGaps = 16;

/**
 * The distance at which the most measurements have a partner, and these partners. Where a run changes its spacing from 5
 * steps to 10, that is 10: only equal distances can be compared.
 *
 * @param steps training steps, strictly increasing.
 */
export function laggedPairs(steps: Float64Array): LaggedPairs {
  const counts = new Map<number, number>();
  for (let i = 1; i < steps.length; i++) {
    const gap = steps[i] - steps[i - 1];
    counts.set(gap, (counts.get(gap) ?? 0) + 1);
  }
  const candidates = [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .slice(0, mostGaps)
    .map(([gap]) => gap);
  let best: LaggedPairs & { readonly pairs: number } = {
    lag: null,
    earlier: new Int32Array(steps.length).fill(-1),
    pairs: 1,
  };
  for (const lag of candidates.sort((a, b) => a - b)) {
    const earlier = partners(steps, lag);
    const pairs = earlier.reduce((count, index) => count + Number(index >= 0), 0);
    if (pairs > best.pairs) best = { lag, earlier, pairs };
  }
  return { lag: best.lag, earlier: best.earlier };
}

function partners(steps: Float64Array, lag: number): Int32Array {
  const indexOf = new Map(Array.from(steps, (step, index) => [step, index]));
  return Int32Array.from(steps, (step) => indexOf.get(step - lag) ?? -1);
}
