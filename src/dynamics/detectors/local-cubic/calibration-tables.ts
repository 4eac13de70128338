/**
 * Simulated by bench/calibrate-local-cubic.mjs; each table names the command that prints it. Rows are lengths n,
 * columns coefficients φ where there is more than one.
 */
export const LENGTHS: readonly number[] = [30, 50, 100, 200, 399, 1000, 4000];
export const COEFFICIENTS: readonly number[] = [0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99];

/** Mean residual correlation: `node bench/calibrate-local-cubic.mjs correlation`. */
export const CORRELATION: readonly (readonly number[])[] = [
  [-0.057, 0.077, 0.159, 0.253, 0.284, 0.299, 0.308, 0.315, 0.317],
  [-0.019, 0.163, 0.292, 0.406, 0.465, 0.483, 0.504, 0.517, 0.524],
  [-0.005, 0.222, 0.385, 0.539, 0.616, 0.652, 0.682, 0.711, 0.724],
  [0.017, 0.249, 0.41, 0.572, 0.653, 0.692, 0.726, 0.759, 0.774],
  [0.025, 0.258, 0.416, 0.581, 0.66, 0.701, 0.737, 0.772, 0.786],
  [0.029, 0.261, 0.422, 0.582, 0.665, 0.704, 0.743, 0.776, 0.795],
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: a simulated mean, not 1/√2
  [0.033, 0.263, 0.424, 0.586, 0.668, 0.707, 0.745, 0.78, 0.797],
];

/** Where the largest step statistic of an unchanging series lies, at nominal 0.05: `… thresholds`. */
export const STEP_LEVEL: readonly number[] = [3.8, 3.8, 3.83, 4.04, 4.24, 4.59, 4.88];

/** The same for kinks, which are sought from n = 200. */
export const KINK_LEVEL: readonly number[] = [3.8, 3.8, 3.8, 3.8, 3.83, 4.34, 5.37];

/**
 * How fast the tails fall: mean excess beyond the level. From n = 200 on, simulated values are 0.25 to 0.34 for steps
 * and 0.25 to 0.5 for kinks.
 */
export const STEP_SCALE = 0.35;
export const KINK_SCALE = 0.5;
