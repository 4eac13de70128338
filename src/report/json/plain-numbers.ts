/** For `JSON.stringify`: arrays of numbers as such, maps as objects, numbers that are not finite as null. */
export function plainNumbers(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}
