import { describe, expect, it } from 'vitest';
import { noiseOfSeries } from '../../../../src/dynamics/stretches/noise/known-noise.ts';
import { noiseCurve } from '../../../../src/dynamics/stretches/noise/noise-curve.ts';
import { noisyCurve, ramp } from '../curves.ts';

const inUnit = (values: Float64Array, unit: number) => values.map((value) => value / unit);

describe('the noise of a series that is asked for again', () => {
  it.each([1, 2, 0.25, 2 ** 40, 2 ** -40])('is to the last digit what it is in a unit of %f', (unit) => {
    const series = noisyCurve(300, (i) => 3 + 20 * ramp(140, 20)(i), 0.7, 'unit');
    noiseOfSeries(series, series, 1);
    const raw = inUnit(series, unit);
    expect(noiseOfSeries(series, raw, unit)).toEqual(noiseCurve(raw));
  });

  it('is the same object in the same unit', () => {
    const series = noisyCurve(100, () => 1, 0.1, 'twice');
    const first = noiseOfSeries(series, inUnit(series, 2), 2);
    expect(noiseOfSeries(series, inUnit(series, 2), 2)).toBe(first);
  });

  it('is that of the values that its array now holds', () => {
    const series = noisyCurve(100, () => 1, 0.1, 'before');
    noiseOfSeries(series, series.slice(), 1);
    series.set(noisyCurve(100, () => 2, 0.5, 'after'));
    expect(noiseOfSeries(series, series, 1)).toEqual(noiseCurve(series));
  });
});
