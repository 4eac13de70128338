// Written by bench/calibrate-local-cubic.mjs.
export const LENGTHS: readonly number[] = [30, 50, 100, 200, 399, 1000, 4000];
export const COEFFICIENTS: readonly number[] = [0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99];
export const CORRELATION: readonly (readonly number[])[] = LENGTHS.map(() => [
  0.026, 0.259, 0.418, 0.581, 0.661, 0.7, 0.74, 0.774, 0.8,
]);
export const DEPENDENCE: readonly (readonly number[])[] = LENGTHS.map(() => COEFFICIENTS.map(() => 1));
