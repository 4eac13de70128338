import { InputError } from '../errors/input-error.ts';

/**
 * Refuses options that would have no effect beside what else was asked for.
 *
 * @param allowed when they have one.
 * @throws InputError for the first of `names` that is given.
 */
export function refuseNeedless<Flags extends object>(
  flags: Flags,
  names: readonly (keyof Flags & string)[],
  allowed: string,
): void {
  const needless = names.find((name) => flags[name] !== undefined);
  if (needless === undefined) return;
  const option = needless.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError({ field: `--${option}`, allowed });
}
