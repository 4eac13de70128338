import { clopperPearsonInterval } from '../../numerics/clopper-pearson-interval.ts';

/** How many of how many, with the exact interval of the share. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
  /** 0 to 1. */
  readonly share: number;
  /** Clopper and Pearson's. */
  readonly interval: readonly [number, number];
}

/**
 * @param of at least 1.
 * @example
 * proportion(3, 10, 0.05).share; // 0.3
 */
export function proportion(count: number, of: number, alpha: number): Proportion {
  return { count, of, share: count / of, interval: clopperPearsonInterval(count, of, 1 - alpha) };
}
