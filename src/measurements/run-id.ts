import { InputError } from '../errors/input-error.ts';

/** A run id names a file, so it may neither leave its folder nor hide in it, nor be a name that Windows cannot give a file. */
export const runIdPattern =
  /^(?!(?:[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|[cC][oO][mM]\d|[lL][pP][tT]\d)(?:\.|$))[A-Za-z0-9_-](?:[A-Za-z0-9_.-]{0,126}[A-Za-z0-9_-])?$/;
export const runIdRule =
  'letters, digits, "_", "-" and ".", not at either end ".", at most 128 characters, no device of Windows (con, nul, …)';

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
