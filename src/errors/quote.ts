import { plainJson } from './plain-text.ts';

/** Longest quote, in characters. */
const longest = 80;
/** An outer list or object is shown with its members, and those with theirs; what is deeper is not. */
const deepest = 3;

/**
 * Any value from a file as a message may show it: JSON on one line, cut to 80 characters. Its cost is bounded by what is
 * shown, whatever the value holds: a text of gigabytes, lists in lists, an object that calls itself a function.
 *
 * @example
 * quote({ toString: [1] }); // '{"toString":[1]}'
 */
export function quote(value: unknown): string {
  const text = plainJson(written(value, longest, deepest)).replaceAll('\n', ' ');
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}

/** At least the first `room` characters of the value's JSON. */
function written(value: unknown, room: number, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
  if (Array.isArray(value)) {
    return depth === 0
      ? '[…]'
      : `[${members(value.values(), room, (entry) => written(entry, room, depth - 1))}]`;
  }
  if (typeof value === 'object' && value !== null) {
    if (depth === 0) return '{…}';
    const entry = ([key, inner]: [string, unknown]): string =>
      `${JSON.stringify(key.slice(0, room))}:${written(inner, room, depth - 1)}`;
    return `{${members(entriesOf(value), room, entry)}}`;
  }
  return typeof value === 'function' || typeof value === 'symbol' ? typeof value : String(value);
}

function members<T>(values: Iterable<T>, room: number, write: (value: T) => string): string {
  const parts: string[] = [];
  let length = 0;
  for (const value of values) {
    const part = write(value);
    parts.push(part);
    length += part.length + 1;
    if (length > room) break;
  }
  return parts.join(',');
}

function* entriesOf(value: object): Generator<[string, unknown]> {
  for (const key in value) {
    if (Object.hasOwn(value, key)) yield [key, (value as Record<string, unknown>)[key]];
  }
}
