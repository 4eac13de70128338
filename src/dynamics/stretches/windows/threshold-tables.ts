/**
 * Simulated by bench/calibrate-stretches.mjs; each table names the command that prints it. A row is for one length: the
 * excess over `multiscalePenalty` that the largest window of a series has with probability `LEVELS` (four fifths of it,
 * to leave room) in the worst family, and how fast the tail falls beyond the last level (mean excess).
 */
export const LENGTHS: readonly number[] = [12, 20, 40, 60, 100, 200, 400, 1000, 4000];

/** Chances that any window of a series exceeds a threshold where nothing moves, or nothing has a direction. */
export const LEVELS: readonly number[] = [0.2, 0.1, 0.05, 0.02, 0.01];

/** In units of jitter, over families of noise without movement: `node bench/calibrate-stretches.mjs moved`. */
export const MOVED: readonly (readonly number[])[] = [
  [1.88, 3.03, 4.19, 6, 7.33, 2.16],
  [1.87, 2.96, 4.11, 5.56, 6.75, 1.64],
  [1.98, 2.7, 3.54, 4.68, 5.38, 1.31],
  [1.84, 2.59, 3.33, 4.38, 5.17, 1.33],
  [1.76, 2.25, 2.69, 3.37, 3.92, 0.9],
  [1.61, 1.98, 2.48, 3.06, 3.61, 0.76],
  [1.84, 2.37, 2.93, 3.52, 3.99, 0.86],
  [2.01, 2.49, 2.91, 3.46, 4.28, 0.9],
  [2.2, 2.67, 3.12, 3.5, 3.87, 0.6],
];

/** In units of a walk, among windows that moved, over families of walks: `node bench/calibrate-stretches.mjs directed`. */
export const DIRECTED: readonly (readonly number[])[] = [
  [1.23, 2.17, 3.09, 4.45, 5.63, 2.48],
  [1.44, 2.09, 2.72, 3.58, 4.45, 2.25],
  [1.91, 2.57, 3.21, 4.06, 4.67, 1.83],
  [1.85, 2.48, 3.11, 4.01, 4.64, 1.06],
  [1.56, 2.06, 2.53, 3.16, 3.72, 0.76],
  [1.41, 1.83, 2.21, 2.75, 3.17, 0.57],
  [1.54, 1.94, 2.42, 2.88, 3.19, 0.58],
  [1.71, 2.07, 2.38, 2.93, 3.2, 0.53],
  [1.86, 2.25, 2.7, 3.06, 3.48, 0.62],
];

/**
 * The same over seeds, 2 to 8 of them. One row for every length as yet: the level of 5 % lies above the simulated 95 % quantiles
 * for 2, 3, 5 and 8 seeds at 100 and 400 measurements, −0.4 to 0.76; lengths of their own, and other levels, are still to be simulated.
 */
export const POOLED: readonly (readonly number[])[] = LENGTHS.map(() => [0.2, 0.5, 0.8, 1.1, 1.4, 0.4]);
