import { clopperPearsonInterval } from '../numerics/clopper-pearson-interval.ts';
import { garwoodInterval } from '../numerics/garwood-interval.ts';
import { regularizedBeta } from '../numerics/incomplete-beta.ts';

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
 * @example
 * jumpRate(12, 400 * 2000); // 0.015 jumps per layer and 1,000 steps
 */
export function jumpRate(count: number, layerSteps: number, confidence = 0.95): JumpRate {
  if (!(layerSteps > 0)) {
    return { count, layerSteps, determined: false, reason: 'no layer could be tested for jumps' };
  }
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
  const toRatio = (share: number): number => ((share / (1 - share)) * b.layerSteps) / a.layerSteps;
  const [low, high] = clopperPearsonInterval(a.count, total, confidence);
  const equal = a.layerSteps / (a.layerSteps + b.layerSteps);
  const atLeast = a.count === 0 ? 1 : regularizedBeta(equal, a.count, total - a.count + 1);
  const atMost = a.count === total ? 1 : 1 - regularizedBeta(equal, a.count + 1, total - a.count);
  return {
    determined: true,
    ratio: toRatio(a.count / total),
    interval: [toRatio(low), toRatio(high)],
    pValue: Math.min(1, 2 * Math.min(atLeast, atMost)),
  };
}
