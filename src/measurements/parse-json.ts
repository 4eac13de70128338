import type { z } from 'zod';
import { InputError } from '../errors/input-error.ts';

/**
 * Parses JSON that a stranger may have written: no key may be `__proto__`.
 * For small parts of a file (a header, a manifest); it visits every value.
 *
 * @throws InputError naming the file and, if given, the place in it.
 */
export function parseUntrustedJson(text: string, file: string, field?: string): unknown {
  let forbidden = false;
  let value: unknown;
  try {
    value = JSON.parse(text, (key, entry) => {
      forbidden ||= key === '__proto__';
      return entry;
    });
  } catch {
    throw new InputError({ file, field, value: text, allowed: 'JSON (RFC 8259)' });
  }
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
  const [issue] = result.error.issues;
  const field = issue.path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  throw new InputError({
    file,
    field: field === '' ? undefined : field,
    value: describe(valueAt(value, issue.path)),
    allowed: issue.message,
  });
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

function describe(value: unknown): unknown {
  if (value === undefined) return 'missing';
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
