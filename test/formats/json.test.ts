import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { parsePythonJson } from '../../src/formats/json.ts';

describe('JSON with bare NaN', () => {
  it('is read, and texts are left alone', () => {
    expect(
      parsePythonJson('{"a": NaN, "b": [-Infinity, Infinity, 1], "NaN": "NaN, \\" NaN", "c": "\\\\"}'),
    ).toEqual({
      a: null,
      b: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1],
      NaN: 'NaN, " NaN',
      c: '\\',
    });
  });

  it('is otherwise the JSON that it would be without the tokens', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const json = JSON.stringify({ value, text, [text]: 'NaN' });
        expect(parsePythonJson(json)).toEqual(JSON.parse(json));
        expect(parsePythonJson(`[NaN, ${json}]`)).toEqual([null, JSON.parse(json)]);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused where it is no JSON', () => {
    for (const text of ['', '{', 'NaNs', '[NaN', '{"a": nan}', '"NaN', '["\\', "{'a': NaN}", 'x"NaN"']) {
      expect(() => parsePythonJson(text)).toThrow(InputError);
    }
  });

  it('takes time in proportion to a hostile text, not to its square', () => {
    // A quadratic reader would need 10^12 steps and not come to an end.
    expect(() => parsePythonJson(`[NaN,"${'\\"'.repeat(1e6)}`)).toThrow(InputError);
  });
});
