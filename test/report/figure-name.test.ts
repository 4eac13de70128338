import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureName } from '../../src/report/figure-name.ts';

describe('figureName', () => {
  it('keeps a run id', () => {
    expect(figureName('cnn_deep-1.mnist', 4)).toBe('cnn_deep-1.mnist');
  });

  it('never leaves the folder and never meets another run', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (ids) => {
        const unique = [...new Set(['../../etc/passwd', '..', '', 'a/b', 'a\\b', ...ids])];
        const names = unique.map(figureName);
        for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/);
        expect(new Set(names).size).toBe(unique.length);
      }),
    );
  });
});
