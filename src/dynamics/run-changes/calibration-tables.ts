/**
 * Simulated by bench/calibrate-run-changes.mjs; each table names the command that prints it.
 *
 * Levels that the joint statistic of a channel seldom reaches where nothing changes, by the size of its reference (columns: `SIZES` of
 * strength.ts): `levels 120`.
 */
export const LEVELS: Readonly<Record<string, readonly number[]>> = {
  'shape 2': [6.2, 6.2, 6.2, 6.2, 6.2, 5.7, 4.2, 3.9, 3.7, 3.7],
  'shape 4': [7.9, 7.9, 7.9, 7.9, 7.9, 5.5, 4.2, 4.2, 3.7, 3.7],
  'shape 10': [7.8, 7.8, 7.8, 7.8, 7.5, 6.0, 5.1, 3.9, 3.9, 3.9],
  'size 2': [6.5, 6.5, 6.5, 6.5, 6.5, 6.4, 4.9, 4.8, 4.1, 4.1],
  'size 4': [8.9, 8.9, 8.9, 8.9, 8.9, 6.3, 4.9, 4.5, 4.2, 4.2],
  'size 10': [10.0, 10.0, 10.0, 10.0, 8.3, 6.3, 5.7, 4.9, 4.9, 4.2],
  'velocity 4': [9.6, 7.6, 7.5, 6.3, 5.4, 5.1, 4.9, 4.7, 4.7, 4.4],
  'velocity 10': [8.1, 8.1, 8.1, 8.1, 8.1, 8.0, 6.3, 5.7, 5.2, 5.0],
  'velocity 20': [8.8, 8.8, 8.8, 8.8, 8.8, 8.8, 8.8, 7.0, 5.9, 5.5],
  'pace 4': [10.9, 8.3, 8.2, 7.0, 6.1, 5.9, 5.6, 5.4, 5.2, 4.9],
  'pace 10': [9.0, 9.0, 9.0, 9.0, 9.0, 8.7, 6.8, 5.9, 5.4, 5.1],
  'pace 20': [9.3, 9.3, 9.3, 9.3, 9.3, 9.3, 9.3, 7.3, 5.8, 5.7],
  'loss 2': [7.4, 7.4, 7.4, 7.4, 7.4, 6.7, 5.5, 5.0, 4.6, 4.6],
  'loss 4': [8.4, 8.4, 8.4, 8.4, 8.4, 7.0, 4.8, 4.7, 4.3, 4.3],
  'loss 10': [14.2, 14.2, 14.2, 14.2, 14.2, 8.5, 6.3, 5.3, 5.0, 4.6],
  'shape 1': [4.2, 4.2, 4.2, 3.9, 3.3, 3.3, 3.1, 3.0, 3.0, 3.0],
  'size 1': [6.3, 6.3, 6.3, 6.3, 5.3, 4.9, 4.9, 4.1, 4.0, 4.0],
  'velocity 2': [7.1, 6.2, 5.4, 5.0, 5.0, 4.6, 4.5, 4.3, 4.3, 4.3],
  'velocity 8': [7.1, 7.1, 7.1, 6.9, 5.6, 5.1, 4.8, 4.4, 4.4, 4.4],
  'pace 2': [9.3, 6.6, 6.2, 5.6, 5.4, 5.0, 5.0, 4.6, 4.6, 4.6],
  'pace 8': [8.1, 8.1, 8.1, 7.6, 6.6, 5.8, 5.2, 4.7, 4.7, 4.7],
  'loss 1': [4.6, 4.6, 4.6, 4.3, 3.9, 3.8, 3.7, 3.6, 3.5, 3.5],
};

/** Chances of the columns of `FACTORS`. */
export const ALPHAS: readonly number[] = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

/**
 * By how much of its level the strongest channel of a run in which nothing changes goes beyond, by the run's number of
 * measurements (rows) and the chance of that (columns), in the worst family: `factors 120`, and `factors 60 1000` for the last row.
 */
export const FACTORS: Readonly<Record<number, readonly number[]>> = {
  40: [0.65, 0.84, 0.97, 1.22, 1.46, 1.62, 1.8],
  100: [0.66, 0.88, 1.18, 1.38, 1.65, 1.72, 1.78],
  400: [0.87, 1.02, 1.17, 1.38, 1.59, 2.37, 2.94],
  1000: [1.0, 1.3, 1.63, 2.04, 2.64, 2.67, 2.88],
};

/** Numbers of controls of the columns of `CONTROL_FACTORS`. */
export const CONTROL_COUNTS: readonly number[] = [2, 3, 5, 10];

/**
 * By how much the largest strength of a run exceeds that of so many others of its kind with chance 0.05, by the number of measurements
 * (rows) and of the others (columns), in the worst family: `controls 120`, and `controls 60 1000` for the last row.
 */
export const CONTROL_FACTORS: Readonly<Record<number, readonly number[]>> = {
  40: [1.79, 1.58, 1.4, 1.19],
  100: [1.9, 1.72, 1.48, 1.21],
  400: [1.47, 1.36, 1.28, 1.13],
  1000: [1.99, 1.86, 1.51, 1.3],
};
