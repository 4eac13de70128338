import type { z } from 'zod';
import { InputError, type InputProblem } from '../errors/input-error.ts';
import { parseJson } from '../formats/json.ts';

/**
 * Parses JSON that a stranger may have written: no key may be `__proto__`.
 * For small parts of a file (a header, a manifest); where one might be, it visits every value.
 *
 * @throws InputError naming the file and, if given, the place in it.
 */
export function parseUntrustedJson(text: string, file: string, field?: string): unknown {
  // A key can be spelled so, or with escapes; where the text has neither, no value needs a visit.
  if (!text.includes('__proto__') && !text.includes('\\u')) return parseJson(text, { file, field });
  let forbidden = false;
  const value = parseJson(text, {
    file,
    field,
    reviver: (key, entry) => {
      forbidden ||= key === '__proto__';
      return entry;
    },
  });
  if (forbidden) throw new InputError({ file, field, allowed: 'keys other than __proto__' });
  return value;
}

/**
 * Returns `value` as the schema's type, or says which field is wrong, what it holds and what is allowed.
 *
 * @throws InputError for the first field that does not fit.
 */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, file?: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InputError({ file, ...problemOf(result.error.issues[0], value) });
}

/** Every field that does not fit a schema, what it holds and what is allowed; empty if all fit. */
export function shapeProblems(schema: z.ZodType, value: unknown): Omit<InputProblem, 'file'>[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => problemOf(issue, value));
}

function problemOf({ path, message }: z.core.$ZodIssue, value: unknown): Omit<InputProblem, 'file'> {
  const field = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  const found = valueAt(value, path);
  return {
    field: field === '' ? undefined : field,
    value: found === undefined ? 'missing' : found,
    allowed: message,
  };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}
