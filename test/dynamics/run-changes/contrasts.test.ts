import { describe, expect, it } from 'vitest';
import { contrasts } from '../../../src/dynamics/run-changes/contrasts.ts';

const { NaN: none } = Number;

describe('contrasts of adjacent means', () => {
  it('are the mean of the next values less the mean of the last ones', () => {
    expect([...contrasts(Float64Array.of(1, 2, 4, 8, 16), 1)]).toEqual([1, 2, 4, 8, none]);
    expect([...contrasts(Float64Array.of(1, 3, 4, 8, 16), 2)]).toEqual([none, 4, 8.5, none, none]);
  });

  it('are largest where a step is, and as large as it', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 5 : 7));
    const found = contrasts(values, 4);
    expect(found[19]).toBe(2);
    expect(Math.max(...found.filter((_, t) => t !== 19 && !Number.isNaN(found[t])))).toBeLessThan(2);
  });

  it('keep their digits far from 0', () => {
    const values = Float64Array.from({ length: 20 }, (_, i) => 1e9 + (i < 10 ? 0 : 1e-3));
    expect(contrasts(values, 5)[9]).toBeCloseTo(1e-3, 6);
  });

  it('do without single values, but not without half of them', () => {
    const values = Float64Array.of(0, none, 0, 0, 6, 6, none, 6);
    expect(contrasts(values, 4)[3]).toBe(6);
    expect(contrasts(Float64Array.of(0, 0, 0, 0, none, none, none, 6), 4)[3]).toBeNaN();
  });

  it('are nowhere in a series that is too short', () => {
    expect([...contrasts(Float64Array.of(1, 2, 3), 2)]).toEqual([none, none, none]);
  });
});
