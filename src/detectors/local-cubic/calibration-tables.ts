/**
 * Simulated by bench/calibrate-local-cubic.mjs; each table names the command that prints it. Rows are lengths n,
 * columns coefficients φ where there is more than one.
 */
export const LENGTHS: readonly number[] = [12, 20, 30, 50, 100, 200, 399, 1000, 4000];
export const COEFFICIENTS: readonly number[] = [0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99];

/** Lengths at which dependence can be estimated. */
export const CORRELATION_LENGTHS: readonly number[] = [30, 50, 100, 200, 399, 1000, 4000];

/** Mean residual correlation: `node bench/calibrate-local-cubic.mjs correlation 600`. */
export const CORRELATION: readonly (readonly number[])[] = [
  [-0.057, 0.058, 0.108, 0.179, 0.2, 0.2, 0.205, 0.217, 0.227],
  [-0.02, 0.165, 0.275, 0.376, 0.416, 0.427, 0.446, 0.461, 0.461],
  [0, 0.217, 0.382, 0.537, 0.603, 0.638, 0.66, 0.679, 0.688],
  [0.014, 0.25, 0.412, 0.58, 0.66, 0.701, 0.733, 0.754, 0.763],
  [0.022, 0.258, 0.418, 0.588, 0.672, 0.711, 0.746, 0.768, 0.771],
  [0.029, 0.26, 0.424, 0.592, 0.679, 0.721, 0.755, 0.771, 0.778],
  [0.03, 0.262, 0.426, 0.596, 0.683, 0.724, 0.759, 0.774, 0.78],
];

/**
 * Where the largest statistic of a transition lies in an unchanging series, at nominal 0.05, and how fast its tail falls
 * (mean excess): `… thresholds`. At 30 to 50 measurements dependence is hardly known; below 30 the hardest is assumed,
 * and the statistic has less to be wrong about.
 */
export const STEP_LEVEL: readonly number[] = [4.3, 4.6, 6.7, 5.1, 4.15, 4.25, 4.35, 4.6, 4.95];
export const STEP_SCALE: readonly number[] = [1, 1, 1.8, 1.25, 0.55, 0.5, 0.38, 0.35, 0.35];

/**
 * The same for kinks around a level, which are sought from n = 200. First-order noise alone does not reach these levels in
 * one series of a hundred; a sharp decay does at lower ones.
 */
export const KINK_LEVEL: readonly number[] = [3.8, 3.8, 3.8, 3.8, 3.8, 3.8, 3.83, 4.34, 5.37];
export const KINK_SCALE = 0.5;

/** The same for kinks where the level wanders. */
export const DRIFT_LEVEL: readonly number[] = [4.6, 4.6, 4.5, 4.6, 4.4, 4, 4, 4.25, 5];
export const DRIFT_SCALE = 0.7;
