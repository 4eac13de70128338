import { describe, expect, it, vi } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { parseYaml } from '../../src/formats/yaml.ts';

const parse = (text: string) => parseYaml(text, 'x.yaml');

describe('YAML', () => {
  it('is read with comments, anchors and blocks, and so is JSON', () => {
    const text = `
title: Two # of them
common: &common {steps: 5, at: [1, 2]}
runs:
- {training: *common}
-
  note: |
    [[[[ {{{{
    - - - -
  'quoted key': "x: ]"
`;
    expect(parse(text)).toEqual({
      title: 'Two',
      common: { steps: 5, at: [1, 2] },
      runs: [{ training: { steps: 5, at: [1, 2] } }, { note: '[[[[ {{{{\n- - - -\n', 'quoted key': 'x: ]' }],
    });
    expect(parse('{"a": [1, {"b": null}]}')).toEqual({ a: [1, { b: null }] });
  });

  it('may be as deep as any honest file, and hold lists as long as schemas allow', () => {
    const deep = Array.from({ length: 20 }, (_, i) => `${'  '.repeat(i)}k:`).join('\n');
    expect(() => parse(deep)).not.toThrow();
    expect(parse(`at: [${Array.from({ length: 10_000 }, (_, i) => i * 10).join(', ')}]`)).toHaveProperty(
      'at.9999',
      99_990,
    );
  });

  // The parser takes seconds for some of these, and the square of that for twice as much; here it never starts.
  it.each<[string, string]>([
    ['open brackets', '['.repeat(40)],
    ['brackets', `${'['.repeat(40)}${']'.repeat(40)}`],
    ['brackets beside closing ones in strings', '["]", '.repeat(40)],
    ['maps', '{a: '.repeat(40)],
    ['dashes', `${'- '.repeat(40)}1`],
    ['indented blocks', Array.from({ length: 40 }, (_, i) => `${' '.repeat(i)}k:`).join('\n')],
    ['indented lists', Array.from({ length: 40 }, (_, i) => `${' '.repeat(i)}-`).join('\n')],
  ])('is refused where it nests deeper than 32: %s', (_, text) => {
    expect(() => parse(text)).toThrow(
      /^x\.yaml: line \d+ is "nested 33 deep"; allowed: nesting of at most 32$/,
    );
  });

  it.each<[string, string, RegExp]>([
    ['more than a mebibyte', `#${'x'.repeat(2 ** 20)}`, /allowed: at most 1048576 characters/],
    ['too many tokens', `[${'1,'.repeat(50_000)}]`, /line 1; allowed: at most 50000 tokens/],
    ['an explicit key', '? a\n: 1', /line 1 is "\?"; allowed: keys without \?/],
    [
      'a text with a colon',
      'title: Width: an MLP',
      /line 1; allowed: one key to a value; texts with a colon in quotes/,
    ],
    [
      'keys after keys, each a map in the one before',
      'a: '.repeat(40),
      /line 1; allowed: one key to a value/,
    ],
    ['the same in brackets', `{${'a: '.repeat(40)}}`, /line 1; allowed: one key to a value/],
    ['a list for a key', '[a, b]: 1', /line 1, column 1; allowed: YAML \(keys must be plain\)/],
    ['an alias for a key', 'a: &a 1\n*a : 2', /line 2, column 1; allowed: YAML \(keys must be plain\)/],
    ['a key twice', 'a: 1\nb: {c: 1, "c": 2}', /line 2, column 11; allowed: YAML \(keys must be unique\)/],
    ['a control character', 'a: 1\nb: "\u001b[2J"', /line 2 is "\\u001b"; allowed: printable characters/],
    ['a control character of C1', 'a: \u009b', /line 1 is "\\u009b"/],
    ['a list that holds itself', 'a: &a [*a]', /unfolds to at most 200000 values, 64 deep|can be unfolded/],
    ['an alias of nothing', 'a: *b', /allowed: YAML that can be unfolded \(.*\)/],
    ['two documents', 'a: 1\n---\nb: 2', /allowed: YAML \(/],
  ])('is refused for %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(InputError);
    expect(() => parse(text)).toThrow(message);
  });

  it('is not unfolded from aliases of aliases', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(() => parse(lines.join('\n'))).toThrow(InputError);
    const few = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++) few.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);
    expect(() => parse(few.join('\n'))).toThrow(InputError);
  });

  it('prints nothing by itself: a key that is a list, a tag that nobody knows', () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    expect(() => parse('{[a]: 1}')).toThrow(InputError);
    expect(parse('!unknown a')).toBe('a');
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});
