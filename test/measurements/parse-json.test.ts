import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseUntrustedJson } from '../../src/measurements/parse-json.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('JSON that a stranger may have written', () => {
  it('is visited value by value only where a key could be a prototype', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const visits = (text: string): boolean => {
      parse.mockClear();
      parseUntrustedJson(text, 'manifest.json');
      return parse.mock.calls.some(([, reviver]) => reviver !== undefined);
    };
    expect(visits('{"runs": ["a", "b"]}')).toBe(false);
    expect(visits('{"title": "what is __proto__?"}')).toBe(true);
    expect(visits('{"title": "\\u0061"}')).toBe(true);
  });

  it.each(['{"__proto__": 1}', '{"a": [{"\\u005f_proto__": 1}]}', '{"_\\u005Fproto__": 1}'])(
    'may have no prototype: %s',
    (text) => {
      expect(() => parseUntrustedJson(text, 'manifest.json')).toThrow(/keys other than __proto__/);
    },
  );
});
