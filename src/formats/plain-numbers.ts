/**
 * What `JSON.stringify` is to be given for a value: the same with arrays of numbers as lists and maps as objects. What holds none of these is not copied. Numbers
 * that are not finite become null in JSON by themselves. A replacer would do the same, and would be called for every number.
 *
 * @example
 * JSON.stringify(plainNumbers({ values: Float64Array.of(1, Number.NaN) })); // '{"values":[1,null]}'
 */
export function plainNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return plainList(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (value instanceof Map) return plainNumbers(Object.fromEntries(value));
  if ('toJSON' in value && typeof value.toJSON === 'function') return plainNumbers(value.toJSON());
  let copy: object | undefined;
  for (const [key, entry] of Object.entries(value)) {
    const plain = plainNumbers(entry);
    if (Object.is(plain, entry)) continue;
    copy ??= { ...value };
    // Defined, not assigned: a log may have a setting named `__proto__`.
    Object.defineProperty(copy, key, { value: plain });
  }
  return copy ?? value;
}

function plainList(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [i, entry] of list.entries()) {
    const plain = plainNumbers(entry);
    if (Object.is(plain, entry)) continue;
    copy ??= [...list];
    copy[i] = plain;
  }
  return copy ?? list;
}
