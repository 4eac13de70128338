import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinSeries } from '../../src/figures/thin-series.ts';

describe('thinSeries', () => {
  it('leaves a short series as it is, gaps as null', () => {
    expect(thinSeries([0, 1, 2], [5, Number.NaN, 7], 3)).toEqual([
      [0, 5],
      [1, null],
      [2, 7],
    ]);
  });

  it('keeps ends, extremes, order and the bound on points', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), {
      minLength: 50,
      maxLength: 400,
    });
    fc.assert(
      fc.property(values, (series) => {
        const steps = series.map((_, i) => i);
        const thin = thinSeries(steps, series, 40);
        const kept = thin.map(([, value]) => value!);
        expect(thin.length).toBeLessThanOrEqual(50);
        expect(thin[0]).toEqual([0, series[0]]);
        expect(thin.at(-1)).toEqual([steps.at(-1), series.at(-1)]);
        expect(Math.min(...kept)).toBe(Math.min(...series));
        expect(Math.max(...kept)).toBe(Math.max(...series));
        for (let i = 1; i < thin.length; i++) expect(thin[i][0]).toBeGreaterThan(thin[i - 1][0]);
      }),
    );
  });

  it('shows a gap in every thinned stretch that has one', () => {
    const series = Array.from({ length: 400 }, (_, i) => (i === 205 ? Number.NaN : i));
    expect(
      thinSeries(
        series.map((_, i) => i),
        series,
        40,
      ),
    ).toContainEqual([205, null]);
  });
});
