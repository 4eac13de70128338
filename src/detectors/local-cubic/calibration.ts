import {
  COEFFICIENTS,
  CORRELATION,
  CORRELATION_LENGTHS,
  DRIFT_LEVEL,
  DRIFT_SCALE,
  KINK_LEVEL,
  KINK_SCALE,
  LENGTHS,
  STEP_LEVEL,
  STEP_SCALE,
} from './calibration-tables.ts';

/**
 * The coefficient φ of first-order noise that leaves this residual correlation in n measurements on average.
 *
 * @returns 0 to 1; 1 where the correlation is beyond what a stationary series leaves.
 */
export function coefficientOf(correlation: number, n: number): number {
  const row = COEFFICIENTS.map((_, j) =>
    atLength(
      CORRELATION_LENGTHS,
      CORRELATION.map((r) => r[j]),
      n,
    ),
  );
  return correlation > row[row.length - 1] ? 1 : interpolate(row, COEFFICIENTS, correlation);
}

/**
 * What `dependenceInflation` comes to on average where the noise is first-order indeed: below 1, for smoothing takes
 * the slow part of the noise with it. The line is within 0.05 of simulated means for n from 200 to 1,000 and φ from
 * 0 to 0.8 (n = 399: 0.85, 0.92, 0.98 at φ = 0, 0.5, 0.8).
 */
export function dependenceBaseline(phi: number): number {
  return 0.85 + 0.15 * phi;
}

/**
 * The law of the largest statistic where nothing changes, from simulation of the whole detector. The tail is taken as
 * exponential, P(max > x) ∝ exp(−x / scale). That errs on the safe side far out, where the tail of a maximum of
 * nearly Gaussian statistics falls faster.
 */
export interface NullTail {
  /** Threshold at nominal level 0.05. */
  readonly level: number;
  readonly scale: number;
}

export function stepTail(n: number): NullTail {
  return { level: atLength(LENGTHS, STEP_LEVEL, n), scale: atLength(LENGTHS, STEP_SCALE, n) };
}

export function kinkTail(n: number, wandering = false): NullTail {
  return wandering
    ? { level: atLength(LENGTHS, DRIFT_LEVEL, n), scale: DRIFT_SCALE }
    : { level: atLength(LENGTHS, KINK_LEVEL, n), scale: KINK_SCALE };
}

/** The threshold that holds the nominal family-wise rate `alpha`; inverse of `nominalPValue`. */
export function thresholdAt(alpha: number, { level, scale }: NullTail): number {
  return level + scale * Math.log(NOMINAL / alpha);
}

/**
 * The smallest nominal family-wise rate at which the statistic would be accepted. Not below 1e-6: nobody has
 * simulated further out.
 */
export function nominalPValue(statistic: number, { level, scale }: NullTail): number {
  return Math.min(1, Math.max(1e-6, NOMINAL * Math.exp((level - statistic) / scale)));
}

/** The nominal rate that the levels in the tables stand for. */
const NOMINAL = 0.05;

/** A column of a table at length n, linear in log n; beyond the last two lengths their line goes on. */
function atLength(lengths: readonly number[], column: readonly number[], n: number): number {
  const x = lengths.map(Math.log);
  const at = Math.log(n);
  const last = x.length - 1;
  if (at <= x[last]) return interpolate(x, column, at);
  return column[last] + ((at - x[last]) / (x[last] - x[last - 1])) * (column[last] - column[last - 1]);
}

function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  if (at <= x[0]) return y[0];
  for (let i = 1; i < x.length; i++) {
    if (at <= x[i]) return y[i - 1] + ((at - x[i - 1]) / (x[i] - x[i - 1])) * (y[i] - y[i - 1]);
  }
  return y[y.length - 1];
}
