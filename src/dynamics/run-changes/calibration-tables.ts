/**
 * Simulated by bench/calibrate-run-changes.mjs; each table names the command that prints it.
 *
 * Levels that the joint statistic of a channel seldom reaches where nothing changes, by the size of its reference (columns: `SIZES` of
 * strength.ts): `levels 40`.
 */
export const LEVELS: Readonly<Record<string, readonly number[]>> = {
  'shape 2': [4.9, 4.9, 4.9, 4.9, 4.9, 4.8, 3.5, 3.0, 3.0, 3.0],
  'shape 4': [6.8, 6.8, 6.8, 6.8, 6.8, 5.1, 3.5, 3.2, 3.2, 3.2],
  'shape 10': [7.1, 7.1, 7.1, 7.1, 6.3, 5.4, 4.0, 3.5, 3.5, 3.5],
  'size 2': [6.3, 6.3, 6.3, 6.3, 6.3, 6.3, 4.7, 3.8, 3.8, 3.8],
  'size 4': [7.8, 7.8, 7.8, 7.8, 7.8, 5.3, 4.5, 3.8, 3.8, 3.8],
  'size 10': [7.2, 7.2, 7.2, 7.2, 7.2, 5.7, 4.7, 4.3, 4.1, 4.0],
  'velocity 3': [7.8, 7.3, 6.9, 6.6, 6.2, 6.2, 6.0, 5.9, 5.2, 5.2],
  'velocity 10': [6.8, 6.8, 6.8, 6.8, 6.8, 6.6, 6.5, 6.5, 6.5, 5.9],
  'velocity 20': [7.2, 7.2, 7.2, 7.2, 7.2, 7.2, 7.2, 7.2, 7.2, 6.6],
  'pace 3': [8.9, 8.9, 6.9, 6.9, 6.7, 6.6, 5.9, 5.8, 5.3, 5.2],
  'pace 10': [7.3, 7.3, 7.3, 7.3, 7.2, 7.2, 7.1, 7.1, 6.4, 5.9],
  'pace 20': [8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 7.2, 6.9],
  'loss 2': [5.9, 5.9, 5.9, 5.9, 5.9, 5.9, 3.9, 3.9, 3.7, 3.7],
  'loss 4': [7.9, 7.9, 7.9, 7.9, 7.9, 5.9, 4.8, 4.1, 4.1, 4.1],
  'loss 10': [9.8, 9.8, 9.8, 9.8, 9.5, 7.3, 5.0, 4.4, 4.4, 4.4],
  'shape 1': [4.2, 4.2, 4.2, 3.3, 2.8, 2.8, 2.7, 2.7, 2.6, 2.6],
  'size 1': [4.7, 4.7, 4.7, 4.7, 4.1, 3.9, 3.6, 3.4, 2.9, 2.9],
  'velocity 2': [9.2, 6.5, 6.2, 5.8, 5.2, 5.1, 4.7, 4.4, 4.3, 4.3],
  'velocity 4': [9.2, 7.0, 6.6, 6.3, 6.3, 6.0, 5.7, 5.2, 4.8, 4.8],
  'velocity 8': [6.0, 6.0, 6.0, 6.0, 5.7, 5.5, 5.5, 5.5, 4.5, 4.5],
  'pace 2': [9.6, 8.1, 7.4, 6.3, 5.5, 5.5, 5.0, 4.6, 4.4, 4.4],
  'pace 4': [12.7, 8.6, 7.6, 6.9, 6.9, 6.4, 6.2, 5.6, 5.1, 5.1],
  'pace 8': [7.4, 7.4, 7.4, 7.4, 6.5, 6.3, 6.2, 6.2, 4.8, 4.8],
  'loss 1': [3.7, 3.7, 3.7, 3.7, 3.2, 3.1, 3.1, 2.9, 2.9, 2.9],
};

/** Chances of the columns of `FACTORS`. */
export const ALPHAS: readonly number[] = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

/**
 * By how much of its level the strongest channel of a run in which nothing changes goes beyond, by the run's number of
 * measurements (rows) and the chance of that (columns), in the worst family: `factors 60`, of the families that came
 * out worst `factors 400 40,100` and `factors 200 400 --families …`; `factors 20 1000` for the last row.
 * That of 400 lies between both: at the 1.40 of the longer one, the two worst families had a change in 12 of 160 fresh runs.
 */
export const FACTORS: Readonly<Record<number, readonly number[]>> = {
  40: [0.63, 0.86, 1.03, 1.17, 1.38, 1.91, 2.01],
  100: [0.65, 0.85, 1.03, 1.38, 1.65, 1.98, 2.38],
  400: [0.83, 1.01, 1.25, 1.5, 2.02, 2.4, 3.3],
  1000: [1.01, 1.23, 1.52, 1.66, 1.97, 2.22, 2.35],
};

/** Numbers of controls of the columns of `CONTROL_FACTORS`. */
export const CONTROL_COUNTS: readonly number[] = [2, 3, 5, 10];

/**
 * By how much the largest strength of a run exceeds that of so many others of its kind with chance 0.05, by the number of measurements
 * (rows) and of the others (columns), in the worst family: `controls 60`, and `controls 20 1000` for the last row.
 */
export const CONTROL_FACTORS: Readonly<Record<number, readonly number[]>> = {
  40: [2.07, 1.88, 1.63, 1.28],
  100: [2.03, 1.77, 1.5, 1.19],
  400: [1.88, 1.75, 1.54, 1.3],
  1000: [1.78, 2.17, 2.17, 1.57],
};
