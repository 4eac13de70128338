import { gammaQuantile } from './special-functions/incomplete-gamma.ts';

/**
 * The exact interval for the mean of a Poisson count (Garwood 1936): coverage is never below `confidence`.
 *
 * @param count whole number, at least 0.
 * @example
 * garwoodInterval(0); // [0, 3.689]
 */
export function garwoodInterval(count: number, confidence = 0.95): [number, number] {
  if (!(Number.isInteger(count) && count >= 0))
    throw new RangeError(`count is ${count}; allowed: a whole number from 0`);
  const tail = (1 - confidence) / 2;
  return [count === 0 ? 0 : gammaQuantile(tail, count), gammaQuantile(tail, count + 1, 'upper')];
}
