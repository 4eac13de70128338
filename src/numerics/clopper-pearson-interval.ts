import { betaQuantile } from './special-functions/incomplete-beta.ts';

/**
 * The exact interval for a binomial share (Clopper & Pearson 1934): coverage is never below `confidence`.
 *
 * @example
 * clopperPearsonInterval(0, 10); // [0, 0.3085]
 */
export function clopperPearsonInterval(
  successes: number,
  trials: number,
  confidence = 0.95,
): [number, number] {
  if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
    throw new RangeError(`${successes} of ${trials}; allowed: at least 1 trial, successes from 0 to trials`);
  }
  const tail = (1 - confidence) / 2;
  return [
    successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    successes === trials ? 1 : betaQuantile(tail, successes + 1, trials - successes, 'upper'),
  ];
}
