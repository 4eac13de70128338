import type { Random } from '../../src/numerics/random.ts';
import { largestCase, type Mutation, pick } from './mutations.ts';

const numbers = [
  '0',
  '-1',
  '1e999',
  '-0',
  '9007199254740993',
  '0.1e-400',
  `${'9'.repeat(400)}`,
  'NaN',
  '-Infinity',
  '0x10',
];
/** Where a number, a text or a list belongs. */
const values = [
  ...numbers,
  'null',
  'true',
  '""',
  '[]',
  '{}',
  '{"toString":1,"valueOf":2}',
  '{"__proto__":{"length":9}}',
  '{"constructor":{"name":1},"length":1e9}',
  `${'['.repeat(40)}${']'.repeat(40)}`,
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
  `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
];
/** What acts on a terminal or a parser. */
const pieces = [
  '\u001b[2J',
  '\u0000',
  '\u0007',
  '\u009b31m',
  '\u202e',
  '\ufeff',
  '\ud800',
  '"',
  "'",
  '\\',
  '\\u0000',
  '\r',
  '\n',
  '\t',
  ',',
  ':',
  ';',
  '[',
  '{',
  ']',
  '}',
  '#',
  '- ',
  '? ',
  '&a ',
  '*a',
  '!!',
  '|\n',
  '%',
  '<<: ',
  '__proto__',
  'constructor',
];

/** Breaks text formats: lines, numbers, brackets, quotes. */
export const textMutations: readonly Mutation[] = [
  // Another number, or something else where a number stands.
  text((source, random) =>
    replaceOne(source, /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g, () => pick(values, random), random),
  ),
  // Another text.
  text((source, random) =>
    replaceOne(
      source,
      /"[^"\\]*"/g,
      () => pick([...values, JSON.stringify(pick(pieces, random).repeat(1 + random.integer(40)))], random),
      random,
    ),
  ),
  // A name that is another name.
  text((source, random) => {
    const words = [...new Set(source.match(/[A-Za-z_]\w+/g) ?? ['a'])];
    return replaceOne(source, /[A-Za-z_]\w+/g, () => pick(words, random), random);
  }),
  // A list for a value: many of the same.
  text((source, random) => {
    const one = pick(['1,', '[],', '{},', '"",', 'null,', '{"a":1},', '1.5,"",'], random);
    const times = 1 + random.integer(Math.floor(largestCase / one.length / pick([1, 8, 64], random)));
    return replaceOne(source, /-?\d+(?:\.\d+)?|"[^"\\]*"(?!:)/g, () => `[${one.repeat(times)}1]`, random);
  }),
  // Many keys, or a long one.
  text((source, random) => {
    const many = Array.from({ length: random.integer(2000) }, (_, i) => `"k${i}":1,`).join('');
    return replaceOne(
      source,
      /\{/g,
      () => `{${pick([many, `"${'k'.repeat(random.integer(30_000))}":1,`], random)}`,
      random,
    );
  }),
  // A piece put in, once or again and again.
  text((source, random) => {
    const at = random.integer(source.length + 1);
    const piece = pick(pieces, random).repeat(random.integer(5) === 0 ? 1 + random.integer(3000) : 1);
    return source.slice(0, at) + piece + source.slice(at);
  }),
  // Lines lost, doubled, exchanged.
  text((source, random) => {
    const lines = source.split('\n');
    const [i, j] = [random.integer(lines.length), random.integer(lines.length)];
    if (random.integer(3) === 0) lines.splice(i, 1);
    else if (random.integer(2) === 0) lines.splice(j, 0, lines[i]);
    else [lines[i], lines[j]] = [lines[j], lines[i]];
    return lines.join('\n');
  }),
  // Indented deeper and deeper, or dashes after dashes.
  text((source, random) => {
    const depth = 1 + random.integer(200);
    const block = pick(
      [
        Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}k:`).join('\n'),
        '- '.repeat(depth),
        '[ '.repeat(depth),
        '"]", ['.repeat(depth),
      ],
      random,
    );
    return random.integer(2) === 0 ? `${source}\n${block}` : `${block}\n${source}`;
  }),
];

/** JSON with a value of any kind at any place: what gets past the parser. */
export const jsonMutations: readonly Mutation[] = [
  (bytes, random) => {
    let tree: unknown;
    try {
      tree = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return bytes;
    }
    const places = placesOf(tree);
    if (places.length === 0) return bytes;
    const { holder, key } = pick(places, random);
    const hostile = parsed(pick(values, random));
    if (random.integer(4) === 0) delete holder[key];
    else if (random.integer(3) === 0) holder[key] = pick(places, random).holder;
    else holder[key] = hostile;
    return encoded(written(tree));
  },
];

/** JSON lines: the same in one of the lines. */
export const jsonLineMutations: readonly Mutation[] = [
  (bytes, random, other) => {
    const lines = new TextDecoder().decode(bytes).split('\n');
    const i = random.integer(lines.length);
    lines[i] = new TextDecoder().decode(jsonMutations[0](encoded(lines[i]), random, other));
    return encoded(lines.join('\n'));
  },
];

function text(change: (source: string, random: Random) => string): Mutation {
  return (bytes, random) => encoded(change(new TextDecoder().decode(bytes), random));
}

function encoded(source: string): Uint8Array {
  return new TextEncoder().encode(source);
}

function replaceOne(source: string, pattern: RegExp, replacement: () => string, random: Random): string {
  const matches = [...source.matchAll(pattern)];
  if (matches.length === 0) return source + replacement();
  const { index, 0: found } = pick(matches, random);
  return source.slice(0, index) + replacement() + source.slice(index + found.length);
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesOf(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null || found.length > 2000) return found;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    found.push({ holder, key });
    placesOf(holder[key], found);
  }
  return found;
}

/** A circle, where a part was put into itself, is left as it was. */
function written(tree: unknown): string {
  try {
    return JSON.stringify(tree) ?? 'null';
  } catch {
    return '[[[]]]';
  }
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return source;
  }
}
