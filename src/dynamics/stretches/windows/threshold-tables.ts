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
  [1.92, 3.12, 4.43, 6.04, 7.52, 2.58],
  [1.94, 3.04, 4.17, 5.61, 6.72, 1.43],
  [1.98, 2.68, 3.5, 4.72, 5.66, 1.45],
  [1.88, 2.59, 3.31, 4.41, 5.27, 1.16],
  [1.79, 2.28, 2.8, 3.52, 4.1, 0.88],
  [1.62, 2, 2.4, 2.99, 3.35, 0.51],
  [1.8, 2.32, 2.85, 3.58, 4.13, 0.66],
  [2.03, 2.54, 3.04, 3.59, 3.95, 0.53],
  [2.2, 2.67, 3.12, 3.5, 3.87, 0.53],
];

/** In units of a walk, among windows that moved, over families of walks: `node bench/calibrate-stretches.mjs directed`. */
export const DIRECTED: readonly (readonly number[])[] = [
  [1.26, 2.14, 3.1, 4.51, 5.78, 2.32],
  [1.42, 2.08, 2.7, 3.5, 4.36, 1.52],
  [1.9, 2.57, 3.2, 4.05, 4.75, 1.25],
  [1.84, 2.47, 3.11, 3.95, 4.61, 1.09],
  [1.55, 2.04, 2.5, 3.14, 3.67, 0.8],
  [1.4, 1.83, 2.23, 2.76, 3.18, 0.58],
  [1.54, 1.95, 2.36, 2.9, 3.27, 0.49],
  [1.7, 2.08, 2.41, 2.88, 3.26, 0.75],
  [1.84, 2.2, 2.64, 3.15, 3.5, 0.5],
];

/**
 * The same over seeds, 2 to 8 of them. One row for every length as yet: the level of 5 % lies above the simulated 95 % quantiles
 * for 2, 3, 5 and 8 seeds at 100 and 400 measurements, −0.4 to 0.76; lengths of their own, and other levels, are still to be simulated.
 */
export const POOLED: readonly (readonly number[])[] = LENGTHS.map(() => [0.2, 0.5, 0.8, 1.1, 1.4, 0.4]);
