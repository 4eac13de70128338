import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { metricNames, metrics } from '../../src/spectra/metrics.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import type { Determined, Matrix } from '../../src/spectra/types.ts';

/** What every metric of the registry keeps, a new one too: it is tested by standing there. */

const gaussian = (seed: number, rows: number, columns: number, scale = 1): Matrix => {
  const rng = createRandom(`metric contract ${seed}`);
  return { data: Float64Array.from({ length: rows * columns }, () => scale * rng.normal()), rows, columns };
};

const reordered = ({ data, rows, columns }: Matrix): Matrix => ({
  data: Float64Array.from(
    data,
    (_, i) => data[(rows - 1 - Math.floor(i / columns)) * columns + (i % columns)],
  ),
  rows,
  columns,
});

const numberOf = (result: Determined): number => (result.determined ? result.value : Number.NaN);

/** An estimate of the infinite sample's ratio may lie above what is possible; every other metric may not. */
const exceeds: Readonly<Record<string, number>> = { participation_ratio_corrected: 10 };

describe.each(metricNames)('the metric %s', (name) => {
  const metric = metrics[name];
  const shape = fc.record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    rows: fc.integer({ min: 12, max: 30 }),
    columns: fc.integer({ min: 2, max: 10 }),
  });

  it('counts dimensions: from 1 to as many as there are, or says why there is no number', () => {
    fc.assert(
      fc.property(shape, ({ seed, rows, columns }) => {
        const result = metric(spectrumOf(gaussian(seed, rows, columns)));
        if (!result.determined) {
          expect(result.reason).toMatch(/\S/);
          return;
        }
        expect(result.value).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(result.value).toBeLessThanOrEqual(columns * (exceeds[name] ?? 1) + 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it('has no unit and no order of rows', () => {
    fc.assert(
      fc.property(shape, fc.constantFrom(1e-6, 3, 1e6), ({ seed, rows, columns }, scale) => {
        const value = numberOf(metric(spectrumOf(gaussian(seed, rows, columns))));
        expect(numberOf(metric(spectrumOf(gaussian(seed, rows, columns, scale))))).toBeCloseTo(value, 8);
        expect(numberOf(metric(spectrumOf(reordered(gaussian(seed, rows, columns)))))).toBeCloseTo(value, 8);
      }),
      { numRuns: 20 },
    );
  });

  it('changes nothing of the spectrum that it is given, and says the same again', () => {
    const spectrum = spectrumOf(gaussian(1, 20, 6));
    const before = spectrum.singularValues.slice();
    expect(metric(spectrum)).toEqual(metric(spectrum));
    expect(spectrum.singularValues).toEqual(before);
  });

  it('gives a reason, and no number, for activations that never change or are none', () => {
    const constant = { data: new Float64Array(20 * 4).fill(3), rows: 20, columns: 4 };
    for (const matrix of [constant, { ...constant, data: constant.data.map(() => Number.NaN) }]) {
      const result = metric(spectrumOf(matrix));
      expect(result.determined).toBe(false);
      expect(!result.determined && result.reason).toMatch(/\S/);
    }
  });
});
