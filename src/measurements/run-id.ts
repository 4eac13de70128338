import { InputError } from '../errors/input-error.ts';

/** A run id names a file, so it may neither leave its folder nor hide in it. */
export const runIdPattern = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$/;
export const runIdRule = 'letters, digits, "_", "-" and ".", not starting with ".", at most 128 characters';

/**
 * Returns the id if it can name a run's file.
 *
 * @throws InputError otherwise.
 * @example
 * checkRunId('mlp_wide_mnist-s1'); // 'mlp_wide_mnist-s1'
 * checkRunId('../secret');         // InputError
 */
export function checkRunId(id: string, file?: string): string {
  if (!runIdPattern.test(id)) throw new InputError({ file, field: 'run id', value: id, allowed: runIdRule });
  return id;
}
