import { InputError } from '../../errors/input-error.ts';

/** Between these, thresholds have been simulated. */
const [LEAST, LARGEST] = [0.0001, 0.2];

/**
 * A level for which thresholds have been simulated.
 *
 * @throws InputError where it is not between 0.0001 and 0.2.
 */
export function checkedAlpha(alpha: number): number {
  if (alpha >= LEAST && alpha <= LARGEST) return alpha;
  throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number from 0.0001 to 0.2' });
}
