/**
 * A copy for `JSON.stringify`, with arrays of numbers as lists and maps as objects. Numbers that are not finite become null in JSON by
 * themselves. A replacer would do the same, and would be called for every number.
 *
 * @example
 * JSON.stringify(plainNumbers({ values: Float64Array.of(1, Number.NaN) })); // '{"values":[1,null]}'
 */
export function plainNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plainNumbers);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (value instanceof Map) return plainNumbers(Object.fromEntries(value));
  if ('toJSON' in value && typeof value.toJSON === 'function') return plainNumbers(value.toJSON());
  // Defined, not assigned: a log may have a setting named `__proto__`.
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainNumbers(entry)]));
}
