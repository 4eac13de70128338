/**
 * Simulated by bench/calibrate-stretches.mjs; each table names the command that prints it. A row is for one length: the
 * excess over `multiscalePenalty` that the largest window of a series has with probability `LEVELS` in the worst family,
 * and 0.1 more; and how fast the tail falls beyond the last level (mean excess).
 */
export const LENGTHS: readonly number[] = [12, 20, 40, 60, 100, 200, 400, 1000, 4000];

/** Chances that any window of a series exceeds a threshold where nothing moves, or nothing has a direction. */
export const LEVELS: readonly number[] = [0.2, 0.1, 0.05, 0.02, 0.01];

/** In units of jitter, over families of noise without movement: `node bench/calibrate-stretches.mjs moved`. */
export const MOVED: readonly (readonly number[])[] = [
  [1.66, 2.78, 4.15, 5.71, 7.04, 2.58],
  [1.69, 2.77, 3.93, 5.33, 6.5, 1.43],
  [1.86, 2.54, 3.3, 4.52, 5.44, 1.45],
  [1.74, 2.47, 3.15, 4.23, 5.11, 1.16],
  [1.73, 2.22, 2.73, 3.44, 4, 0.88],
  [1.6, 1.98, 2.35, 2.97, 3.34, 0.51],
  [1.74, 2.25, 2.78, 3.49, 4.08, 0.66],
  [1.97, 2.47, 3, 3.57, 3.93, 0.53],
  [2.16, 2.6, 3.13, 3.48, 3.85, 0.53],
];

/** In units of a walk, among windows that moved, over families of walks: `node bench/calibrate-stretches.mjs directed`. */
export const DIRECTED: readonly (readonly number[])[] = [
  [1.08, 1.95, 2.86, 4.25, 5.36, 2.32],
  [1.31, 1.97, 2.62, 3.36, 4.12, 1.52],
  [1.78, 2.47, 3.09, 3.95, 4.57, 1.25],
  [1.74, 2.36, 3, 3.85, 4.47, 1.09],
  [1.48, 2, 2.44, 3.08, 3.59, 0.8],
  [1.36, 1.8, 2.21, 2.72, 3.15, 0.58],
  [1.5, 1.92, 2.32, 2.88, 3.26, 0.49],
  [1.67, 2.08, 2.39, 2.88, 3.19, 0.75],
  [1.7, 2.1, 2.45, 2.95, 3.3, 0.7],
];

/** The same over seeds, 2 to 8 of them: `node bench/calibrate-stretches.mjs pooled`. */
export const POOLED: readonly (readonly number[])[] = LENGTHS.map(() => [0.2, 0.5, 0.8, 1.1, 1.4, 0.4]);
