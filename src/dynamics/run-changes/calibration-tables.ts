/**
 * Simulated by bench/calibrate-run-changes.mjs; each table names the command that prints it.
 *
 * Levels that the joint statistic of a channel seldom reaches where nothing changes, by the size of its reference (columns: `SIZES` of
 * strength.ts): `levels 80`.
 */
export const LEVELS: Readonly<Record<string, readonly number[]>> = {
  'shape 2': [4.9, 4.9, 4.9, 4.9, 4.9, 4.7, 3.9, 3.4, 3.4, 3.4],
  'shape 4': [7.5, 7.5, 7.5, 7.5, 7.5, 5.1, 4.9, 4.0, 4.0, 4.0],
  'shape 10': [7.7, 7.7, 7.7, 7.7, 7.3, 6.5, 4.9, 4.3, 4.2, 3.9],
  'size 2': [8.6, 8.6, 8.6, 8.6, 8.6, 6.9, 5.2, 5.0, 4.3, 4.3],
  'size 4': [9.2, 9.2, 9.2, 9.2, 9.2, 5.8, 4.9, 4.9, 4.0, 4.0],
  'size 10': [9.8, 9.8, 9.8, 9.8, 9.8, 7.7, 6.2, 5.2, 4.8, 4.6],
  'velocity 4': [8.9, 8.1, 6.7, 6.0, 5.3, 5.3, 5.1, 4.9, 4.7, 4.5],
  'velocity 10': [8.5, 8.5, 8.5, 8.5, 8.5, 7.2, 6.1, 5.6, 5.6, 5.1],
  'velocity 20': [8.1, 8.1, 8.1, 8.1, 8.1, 8.1, 8.1, 8.1, 6.6, 6.1],
  'pace 4': [10.2, 8.5, 7.1, 6.6, 5.8, 5.8, 5.5, 5.1, 4.8, 4.8],
  'pace 10': [10.9, 10.9, 10.9, 10.9, 9.1, 7.8, 6.8, 6.1, 6.1, 5.4],
  'pace 20': [8.8, 8.8, 8.8, 8.8, 8.8, 8.8, 8.8, 8.8, 7.3, 6.3],
  'loss 2': [5.4, 5.4, 5.4, 5.4, 5.4, 4.6, 4.6, 4.0, 3.7, 3.6],
  'loss 4': [7.8, 7.8, 7.8, 7.8, 7.0, 5.7, 4.3, 4.3, 4.0, 3.7],
  'loss 10': [9.2, 9.2, 9.2, 9.2, 9.2, 8.2, 5.5, 5.0, 4.1, 4.1],
  'shape 1': [4.4, 4.4, 4.4, 4.4, 3.9, 3.4, 3.4, 3.3, 3.3, 3.3],
  'size 1': [5.6, 5.6, 5.6, 5.6, 4.9, 4.7, 4.7, 4.2, 4.0, 4.0],
  'velocity 2': [7.1, 5.8, 5.3, 4.9, 4.8, 4.7, 4.7, 4.4, 4.3, 4.3],
  'velocity 8': [6.6, 6.6, 6.6, 6.3, 6.1, 5.3, 5.1, 4.7, 4.7, 4.7],
  'pace 2': [8.1, 6.8, 6.3, 5.9, 5.9, 5.4, 5.1, 5.1, 4.7, 4.7],
  'pace 8': [7.7, 7.7, 7.7, 7.1, 6.6, 6.2, 5.6, 5.2, 5.2, 5.2],
  'loss 1': [4.8, 4.8, 4.8, 4.4, 4.2, 4.2, 4.1, 3.8, 3.6, 3.6],
};

/** Chances of the columns of `FACTORS`. */
export const ALPHAS: readonly number[] = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

/**
 * By how much of its level the strongest channel of a run in which nothing changes goes beyond, by the run's number of
 * measurements (rows) and the chance of that (columns), in the worst family: `factors 100`.
 */
export const FACTORS: Readonly<Record<number, readonly number[]>> = {
  40: [0.64, 0.84, 0.98, 1.06, 1.2, 1.75, 1.83],
  100: [0.66, 0.87, 1.07, 1.17, 1.65, 1.83, 2.16],
  400: [0.87, 1.02, 1.21, 1.47, 1.95, 2.4, 2.55],
};
