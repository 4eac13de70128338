import { InputError } from '../errors/input-error.ts';

/** The fields of a file: path to the token as written. */
export type Fields = Map<string, string>;

/** The published files have 36,061 together. */
const mostFields = 500_000;
/** A long name above many fields would stand in the path of each. */
const longestPath = 1000;

/** @throws InputError where a file has more fields, or longer paths, than any published one. */
export function checkField(path: string, fields: Fields, file: string): void {
  if (fields.size >= mostFields) throw new InputError({ file, allowed: `at most ${mostFields} fields` });
  if (path.length > longestPath) {
    throw new InputError({ file, field: path, allowed: `paths of at most ${longestPath} characters` });
  }
}
