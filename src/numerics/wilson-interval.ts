import { normalQuantile } from './normal-distribution.ts';

/**
 * Wilson's score interval for a share (Wilson 1927): unlike share ± z·se it keeps its coverage near 0 and 1.
 *
 * @param successes whole number, 0 to `trials`.
 * @param trials at least 1.
 * @example
 * wilsonInterval(0, 100); // [0, 0.0370]
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): [number, number] {
  if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
    throw new RangeError(`${successes} of ${trials}; allowed: at least 1 trial, successes from 0 to trials`);
  }
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const center = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  // The bound at an extreme share is exactly 0 or 1; rounding must not say otherwise.
  return [successes === 0 ? 0 : center - half, successes === trials ? 1 : center + half];
}
