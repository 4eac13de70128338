import { firstOrderAutoregression } from '../../src/numerics/autoregression.ts';
import type { Random } from '../../src/numerics/random.ts';

/** 400 measurements every 5 steps, as in the published logs. */
export const measurements = 400;
export const steps = Float64Array.from({ length: measurements }, (_, i) => 5 * i);

/** AR(1) noise of standard deviation `sd` around `level(i)`, i the measurement's index. */
export function noisy(level: (i: number) => number, sd: number, rng: Random, phi = 0): Float64Array {
  return firstOrderAutoregression(measurements, phi, rng).map((noise, i) => level(i) + sd * noise);
}

/** A level that is `from` up to measurement `at`, falls in a straight line for `length` measurements, and is 0 after. */
export function descent(from: number, at: number, length: number): (i: number) => number {
  return (i) => from * Math.max(0, Math.min(1, (at + length - i) / length));
}

/** Binomial count that a share of `p` among `trials` exceeds with probability below 0.001. */
export function mostBy(p: number, trials: number): number {
  return Math.ceil(trials * p + 3.1 * Math.sqrt(trials * p * (1 - p)) + 1);
}
