import { clopperPearsonInterval } from '../numerics/clopper-pearson-interval.ts';
import { garwoodInterval } from '../numerics/garwood-interval.ts';
import { betaTails } from '../numerics/special-functions/incomplete-beta.ts';

/** Jumps per layer and 1,000 training steps. */
export type JumpRate = {
  /** Jumps counted. */
  readonly count: number;
  /** Exposure: training steps covered, summed over the layers that could be tested. */
  readonly layerSteps: number;
} & (
  | { readonly determined: true; readonly per1000: number; readonly interval: readonly [number, number] }
  | { readonly determined: false; readonly reason: string }
);

/**
 * A rate with its exact Poisson interval. The interval supposes that jumps come independently; where layers of a run
 * jump together it is too narrow.
 *
 * @param count jumps, a whole number.
 * @param layerSteps training steps covered, summed over layers.
 * @param reason why there is no rate where nothing was covered.
 * @example
 * jumpRate(12, 400 * 2000); // 0.015 jumps per layer and 1,000 steps
 */
export function jumpRate(
  count: number,
  layerSteps: number,
  confidence = 0.95,
  reason = 'no layer could be tested for jumps',
): JumpRate {
  if (!(layerSteps > 0)) return { count, layerSteps, determined: false, reason };
  const [low, high] = garwoodInterval(count, confidence);
  const scale = 1000 / layerSteps;
  return {
    count,
    layerSteps,
    determined: true,
    per1000: count * scale,
    interval: [low * scale, high * scale],
  };
}

/** Training steps from the first measurement to the last: what one layer adds to an exposure. */
export function stepsCovered({ steps }: { readonly steps: Float64Array }): number {
  return steps.length === 0 ? 0 : steps[steps.length - 1] - steps[0];
}

export type RateRatio =
  | {
      readonly determined: true;
      readonly ratio: number;
      readonly interval: readonly [number, number];
      /** Two-sided, of equal rates: twice the smaller binomial tail. */
      readonly pValue: number;
    }
  | { readonly determined: false; readonly reason: string };

/**
 * The ratio of two rates, exact given the total count (Przyborowski & Wilenski 1940): of all jumps, those of `a` are
 * binomial with a probability that depends on the ratio and the exposures alone.
 *
 * @example
 * rateRatio(jumpRate(45, 10_000), jumpRate(18, 8_000)); // { ratio: 2 }: not 2.5, since exposures differ
 */
export function rateRatio(a: JumpRate, b: JumpRate, confidence = 0.95): RateRatio {
  for (const rate of [a, b]) if (!rate.determined) return { determined: false, reason: rate.reason };
  if (b.count === 0) return { determined: false, reason: 'the second rate counts no jumps' };
  const total = a.count + b.count;
  const toRatio = (share: number, rest: number): number => ((share / rest) * b.layerSteps) / a.layerSteps;
  // The interval of the other share mirrors this one: each bound is exact where 1 less the other has lost its digits.
  const [low, high] = clopperPearsonInterval(a.count, total, confidence);
  const [otherLow, otherHigh] = clopperPearsonInterval(b.count, total, confidence);
  const equal = a.layerSteps / (a.layerSteps + b.layerSteps);
  const atLeast = a.count === 0 ? 1 : betaTails(equal, a.count, total - a.count + 1).lower;
  const atMost = a.count === total ? 1 : betaTails(equal, a.count + 1, total - a.count).upper;
  return {
    determined: true,
    ratio: toRatio(a.count, b.count),
    interval: [toRatio(low, otherHigh), toRatio(high, otherLow)],
    pValue: Math.min(1, 2 * Math.min(atLeast, atMost)),
  };
}
