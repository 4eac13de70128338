import { wilsonInterval } from '../../numerics/wilson-interval.ts';
import type { Rate } from './types.ts';

/**
 * A share with Wilson's 95 % interval where trials come in clusters that are alike: several trials in one series count
 * for less than as many series. The sample is shrunk by Kish's (1965) design effect, the variance between clusters over
 * that of independent trials; with one trial a cluster this is Wilson's interval itself.
 *
 * @param successes over all clusters.
 * @param squares squared successes of each cluster, summed.
 * @param trialsEach trials in each cluster.
 */
export function clusteredRate(
  successes: number,
  squares: number,
  clusters: number,
  trialsEach: number,
): Rate {
  const trials = clusters * trialsEach;
  const value = successes / trials;
  const mean = successes / clusters;
  const between = squares / clusters - mean ** 2;
  const independent = trialsEach * value * (1 - value);
  const designEffect = independent > 0 ? Math.max(1, between / independent) : 1;
  return { value, interval: wilsonInterval(successes / designEffect, trials / designEffect) };
}

/** A share of independent trials with Wilson's 95 % interval. */
export function simpleRate(successes: number, trials: number): Rate {
  return { value: successes / trials, interval: wilsonInterval(successes, trials) };
}
