import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { parseJson } from '../../src/formats/json.ts';
import { fewestCharacters } from '../../src/formats/json-shape.ts';

const parse = (text: string) => parseJson(text, { file: 'x.json' });

describe('the shape of a JSON text', () => {
  it('may be that of any honest file', () => {
    const log = JSON.stringify({
      steps: Array.from({ length: 50_000 }, (_, i) => i % 10),
      layers: Array.from({ length: 5000 }, (_, i) => ({ name: `network.${i}`, loss: 1 / (i + 1), tags: [] })),
    });
    expect(parse(log)).toEqual(JSON.parse(log));
  });

  it('nests at most 64 deep; brackets in strings do not count', () => {
    const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;
    expect(() => parse(nested(64))).not.toThrow();
    expect(() => parse(nested(66))).toThrow(
      'x.json: character 193 is "nested 65 deep"; allowed: nesting of at most 64',
    );
    expect(() => parse('['.repeat(10_000_000))).toThrow(InputError);
    expect(parse(`["${'['.repeat(100)}\\"${'{'.repeat(100)}"]`)).toEqual([
      `${'['.repeat(100)}"${'{'.repeat(100)}`,
    ]);
  });

  // V8 takes 13 to 21 bytes for each of theirs: more than four times the text.
  it.each(['[],', '{},', '[1],', '{"a":1},'])('holds no more than its length warrants: many %s', (part) => {
    const many = (count: number) => `[${part.repeat(count)}1]`;
    expect(() => parse(many(5000))).not.toThrow();
    expect(() => parse(many(400_000))).toThrow(
      /bytes when parsed"; allowed: at most \d+, for \d+ characters/,
    );
  });

  it('is warranted from as many characters on as is said', () => {
    const layers = 10_000;
    const text = (length: number) =>
      `{"a":[${Array(layers).fill('{"b":{"c":1}}').join()}],"d":"${'x'.repeat(length)}"}`;
    const parts = { objects: 1 + 2 * layers, lists: 1, members: layers, keys: 2 + 2 * layers };
    const enough = fewestCharacters(parts) - text(0).length;
    expect(() => parse(text(enough))).not.toThrow();
    expect(() => parse(text(enough - 1))).toThrow(/bytes when parsed/);
    expect(fewestCharacters({ objects: 1, lists: 0, members: 0, keys: 0 })).toBe(0);
  });

  it('may be a list of digits, which takes just four times its text', () => {
    expect(parse(`[${'1,'.repeat(1_000_000)}1]`)).toHaveLength(1_000_001);
  });
});
