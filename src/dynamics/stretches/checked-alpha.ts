import { InputError } from '../../errors/input-error.ts';

/**
 * A level for which thresholds have been simulated.
 *
 * @throws InputError where it is not between 0.0001 and 0.2.
 */
export function checkedAlpha(alpha: number): number {
  if (alpha >= 0.0001 && alpha <= 0.2) return alpha;
  throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number from 0.0001 to 0.2' });
}
