import { COEFFICIENTS, CORRELATION, DEPENDENCE, LENGTHS } from './calibration-tables.ts';

/**
 * The coefficient φ of first-order noise that leaves this residual correlation in n measurements on average.
 *
 * @returns 0 to 1; 1 where the correlation is beyond what a stationary series leaves.
 */
export function coefficientOf(correlation: number, n: number): number {
  const row = COEFFICIENTS.map((_, j) =>
    atLength(
      CORRELATION.map((r) => r[j]),
      n,
    ),
  );
  if (correlation <= row[0]) return 0;
  for (let j = 1; j < row.length; j++) {
    if (correlation <= row[j]) {
      const share = (correlation - row[j - 1]) / (row[j] - row[j - 1]);
      return COEFFICIENTS[j - 1] + share * (COEFFICIENTS[j] - COEFFICIENTS[j - 1]);
    }
  }
  return 1;
}

/** What `dependenceInflation` comes to on average where the noise is first-order indeed. */
export function dependenceBaseline(phi: number, n: number): number {
  const row = COEFFICIENTS.map((_, j) =>
    atLength(
      DEPENDENCE.map((r) => r[j]),
      n,
    ),
  );
  return interpolate(COEFFICIENTS, row, phi);
}

/** A column of a table by length, linear in log n, constant beyond the ends. */
function atLength(column: readonly number[], n: number): number {
  return interpolate(LENGTHS.map(Math.log), column, Math.log(n));
}

function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  if (at <= x[0]) return y[0];
  for (let i = 1; i < x.length; i++) {
    if (at <= x[i]) return y[i - 1] + ((at - x[i - 1]) / (x[i] - x[i - 1])) * (y[i] - y[i - 1]);
  }
  return y[y.length - 1];
}
