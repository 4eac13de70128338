import type { Random } from './random.ts';

/**
 * Indices of one moving-block bootstrap sample (Künsch 1989): blocks of neighboring observations, drawn with
 * replacement and laid end to end, so that short-range dependence survives.
 *
 * @param n observations, at least 1.
 * @param blockLength 1 to n; 1 is the ordinary bootstrap.
 * @returns n indices into the observations.
 */
export function movingBlockIndices(n: number, blockLength: number, rng: Random): Uint32Array {
  if (!(blockLength >= 1 && blockLength <= n)) {
    throw new RangeError(`block length is ${blockLength}; allowed: 1 to ${n}`);
  }
  const indices = new Uint32Array(n);
  for (let filled = 0; filled < n; ) {
    const start = rng.integer(n - blockLength + 1);
    for (let j = 0; j < blockLength && filled < n; j++) indices[filled++] = start + j;
  }
  return indices;
}

/** The customary block length n^(1/3), rounded, for a statistic that behaves like a mean. */
export function defaultBlockLength(n: number): number {
  return Math.max(1, Math.round(Math.cbrt(n)));
}
