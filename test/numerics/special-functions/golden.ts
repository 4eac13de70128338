import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

interface Distributions {
  /** [a, x, lower tail, upper tail] */
  readonly gamma: readonly [number, number, number, number][];
  /** [x, a, b, lower tail, upper tail] */
  readonly beta: readonly [number, number, number, number, number][];
  /** [t, degrees of freedom, distribution function] */
  readonly student: readonly [number, number, number][];
  /** [count, confidence, low, high] */
  readonly garwood: readonly [number, number, number, number][];
  /** [successes, trials, confidence, low, high] */
  readonly clopperPearson: readonly [number, number, number, number, number][];
}

/** Values from mpmath with 60 digits, rounded to float64; the script that made them lies beside them. */
export const golden: Distributions = JSON.parse(
  readFileSync(join(import.meta.dirname, 'golden', 'distributions.json'), 'utf8'),
);

/** Right to 1e-12 of itself. */
export function expectDigits(value: number, expected: number, what: string): void {
  expect(Math.abs(value / expected - 1), `${what}: ${value} for ${expected}`).toBeLessThan(1e-12);
}
