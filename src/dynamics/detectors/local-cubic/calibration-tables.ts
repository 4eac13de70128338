/**
 * Simulated by bench/calibrate-local-cubic.mjs; each table names the command that prints it. Rows are lengths n,
 * columns coefficients φ where there is more than one.
 */
export const LENGTHS: readonly number[] = [30, 50, 100, 200, 399, 1000, 4000];
export const COEFFICIENTS: readonly number[] = [0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99];

/** Mean residual correlation: `node bench/calibrate-local-cubic.mjs correlation`. */
export const CORRELATION: readonly (readonly number[])[] = LENGTHS.map(() => [
  0.026, 0.259, 0.418, 0.581, 0.661, 0.7, 0.74, 0.774, 0.8,
]);

/** Where the largest step statistic of an unchanging series lies: `… thresholds`. */
export const STEP_LEVEL: readonly number[] = [3.8, 3.8, 3.8, 4.1, 4.25, 4.6, 5.05];
export const STEP_SCALE: readonly number[] = LENGTHS.map(() => 0.3);

/** The same for kinks; they are sought from n = 200. */
export const KINK_LEVEL: readonly number[] = [3.8, 3.8, 3.8, 3.8, 3.8, 4.1, 4.5];
export const KINK_SCALE: readonly number[] = LENGTHS.map(() => 0.3);
