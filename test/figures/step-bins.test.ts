import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alongLogSteps, stepAlong } from '../../src/figures/log-steps.ts';
import { binValues, logStepBins, stepBins } from '../../src/figures/step-bins.ts';

describe('stepBins', () => {
  it('gives equally spaced measurements one column each, centered on their steps', () => {
    const bins = stepBins(Float64Array.of(0, 5, 10, 15));
    expect(bins.columns).toBe(4);
    expect(bins.extent).toEqual([-2.5, 17.5]);
    expect([...binValues(Float64Array.of(1, 2, 3, 4), bins)]).toEqual([1, 2, 3, 4]);
  });

  it('keeps the true step axis: a long gap is a wide cell', () => {
    const bins = stepBins(Float64Array.of(0, 10, 20, 100));
    const columns = [...binValues(Float64Array.of(1, 2, 3, 4), bins)];
    const share = (value: number): number =>
      columns.filter((column) => column === value).length / columns.length;
    expect(share(1)).toBeCloseTo(10 / 145, 1);
    expect(share(4)).toBeCloseTo(80 / 145, 1);
  });

  it('averages what falls into one column, over determined values only', () => {
    const bins = stepBins(Float64Array.of(0, 1, 2, 3), 2);
    expect([...binValues(Float64Array.of(1, 3, Number.NaN, 8), bins)]).toEqual([2, 8]);
  });

  it('copes with one measurement and with none', () => {
    expect([...binValues(Float64Array.of(7), stepBins(Float64Array.of(40)))]).toEqual([7]);
    expect([...binValues(new Float64Array(0), stepBins(new Float64Array(0)))]).toEqual([Number.NaN]);
  });

  it('fills every column of a fully determined series with values between its lowest and highest', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 200 }), (widths, maxColumns) => {
        let step = 0;
        const steps = Float64Array.from(widths, (width) => (step += width));
        const values = steps.map((at) => Math.sin(at));
        const bins = stepBins(steps, maxColumns);
        const columns = binValues(values, bins);
        expect(columns.length).toBe(bins.columns);
        expect(bins.columns).toBeLessThanOrEqual(maxColumns);
        for (const value of columns) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
          expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
        }
      }),
    );
  });
});

describe('logStepBins', () => {
  it('are columns of equal width on the axis that Vega calls symlog, whose ends are steps again', () => {
    const steps = Float64Array.from({ length: 200 }, (_, i) => 5 * i);
    const bins = logStepBins(steps, 5, 100);
    expect(bins.columns).toBe(100);
    // Step 0 stands at 0, step 5 at log 2: the first cell begins as far before 0 as it ends behind it.
    expect(bins.extent[0]).toBeCloseTo(-5 * (Math.SQRT2 - 1), 9);
    expect(stepAlong(alongLogSteps(995, 5), 5)).toBeCloseTo(995, 9);
    expect(bins.extent[1]).toBeGreaterThan(995);
    const columns = binValues(
      steps.map((_, i) => i),
      bins,
    );
    const of = (value: number): number => columns.filter((column) => column === value).length;
    const along = (step: number): number => Math.log1p(step / 5);
    const whole = along(bins.extent[1]) + along(-bins.extent[0]);
    expect(of(0) / 100).toBeCloseTo((2 * along(-bins.extent[0])) / whole, 1);
    expect(of(1)).toBeGreaterThan(of(3));
    // Late columns hold means of many measurements.
    expect(columns[99]).toBeGreaterThan(190);
  });
});
