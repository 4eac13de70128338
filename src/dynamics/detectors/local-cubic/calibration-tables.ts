/**
 * Simulated by bench/calibrate-local-cubic.mjs; each table names the command that prints it. Rows are lengths n,
 * columns coefficients φ where there is more than one.
 */
export const LENGTHS: readonly number[] = [12, 20, 30, 50, 100, 200, 399, 1000, 4000];
/** Lengths at which dependence can be estimated. */
export const CORRELATION_LENGTHS: readonly number[] = [30, 50, 100, 200, 399, 1000, 4000];
export const COEFFICIENTS: readonly number[] = [0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99];

/** Mean residual correlation: `node bench/calibrate-local-cubic.mjs correlation`. */
export const CORRELATION: readonly (readonly number[])[] = [
  [-0.057, 0.058, 0.108, 0.179, 0.200, 0.200, 0.205, 0.217, 0.227], // n = 30
  [-0.020, 0.165, 0.275, 0.376, 0.416, 0.427, 0.446, 0.461, 0.461], // n = 50
  [-0.000, 0.217, 0.382, 0.537, 0.603, 0.638, 0.660, 0.679, 0.688], // n = 100
  [0.014, 0.250, 0.412, 0.580, 0.660, 0.701, 0.733, 0.754, 0.763], // n = 200
  [0.022, 0.258, 0.418, 0.588, 0.672, 0.711, 0.746, 0.768, 0.771], // n = 399
  [0.029, 0.260, 0.424, 0.592, 0.679, 0.721, 0.755, 0.771, 0.778], // n = 1000
  [0.030, 0.262, 0.426, 0.596, 0.683, 0.724, 0.759, 0.774, 0.780], // n = 4000
];

/** Where the largest step statistic of an unchanging series lies, at nominal 0.05: `… thresholds`. */
export const STEP_LEVEL: readonly number[] = [4, 4, 6.8, 5.3, 4.3, 4.45, 4.5, 4.65, 4.9];

/** How fast its tail falls: mean excess beyond the level. */
export const STEP_SCALE: readonly number[] = [1, 1, 1.7, 1.2, 0.6, 0.4, 0.35, 0.35, 0.35];

/** The same for kinks, which are sought from n = 200. */
export const KINK_LEVEL: readonly number[] = [3.8, 3.8, 3.8, 3.8, 3.8, 3.8, 3.83, 4.34, 5.37];
export const KINK_SCALE = 0.5;
