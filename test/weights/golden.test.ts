import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainProducts } from '../../src/numerics/band/matrix-products.ts';
import { runtimeProducts } from '../../src/training/session-products.ts';
import { measureMatrix } from '../../src/weights/measure-matrix.ts';
import { madeMatrix } from './made-matrix.ts';

/** What WeightWatcher 0.7.7 and NumPy say of the same matrices; golden/reference.py made it. */
const { matrices: golden }: Golden = JSON.parse(
  readFileSync(join(import.meta.dirname, 'golden/weightwatcher.json'), 'utf8'),
);
interface Golden {
  readonly matrices: Readonly<
    Record<
      string,
      Readonly<
        Record<'alpha' | 'xmin' | 'D' | 'sigma' | 'num_pl_spikes' | 'stable_rank' | 'spectral_norm', number>
      > & { readonly singular_values: readonly number[] }
    >
  >;
}

const shapes = {
  bulk: [60, 90, 0],
  heavy: [64, 64, 0.8],
  tall: [150, 40, 0.5],
  wide: [48, 200, 1.1],
} as const;

describe('a weight matrix', () => {
  it.each(Object.entries(shapes))(
    '%s is measured as WeightWatcher 0.7.7 measures it',
    async (name, [rows, columns, decay]) => {
      const { alpha, xmin, D, sigma, num_pl_spikes, stable_rank, spectral_norm, singular_values } =
        golden[name];
      const { tail, stableRank, spectralNorm, spectrum } = await measureMatrix(
        madeMatrix(rows, columns, decay),
        plainProducts,
        null,
      );
      if (!tail.determined || !stableRank.determined) throw new Error('undetermined');
      expect(tail.exponent).toBeCloseTo(alpha, 6);
      expect(tail.standardError).toBeCloseTo(sigma, 6);
      expect(tail.from / xmin).toBeCloseTo(1, 6);
      expect(tail.distance).toBeCloseTo(D, 6);
      expect(tail.tail).toBe(num_pl_spikes);
      expect(stableRank.value).toBeCloseTo(stable_rank, 6);
      expect(spectralNorm ** 2 / spectral_norm).toBeCloseTo(1, 9);
      singular_values.forEach((value, i) => {
        expect(Math.abs(spectrum.singularValues[i] - value)).toBeLessThan(1e-6 * singular_values[0]);
      });
    },
  );

  it('has the same spectrum whoever computes the products, with however many threads, whichever way it lies', async () => {
    const { data } = madeMatrix(150, 40, 0.5);
    const turned = Float32Array.from({ length: 6000 }, (_, i) => data[(i % 150) * 40 + Math.floor(i / 150)]);
    const spectra: Float64Array[] = [];
    for (const threads of [1, 2]) {
      const products = runtimeProducts(threads);
      spectra.push(
        (await measureMatrix({ data, rows: 150, columns: 40 }, products, null)).spectrum.singularValues,
      );
      await products.close();
    }
    expect(spectra[1]).toEqual(spectra[0]);
    const plain = await measureMatrix({ data: turned, rows: 40, columns: 150 }, plainProducts, null);
    plain.spectrum.singularValues.forEach((value, i) => {
      expect(Math.abs(value - spectra[0][i])).toBeLessThan(1e-12 * spectra[0][0]);
    });
  });

  it('with a NaN is said to hold it, and gets no number', async () => {
    const data = new Float32Array(12).fill(1);
    data[5] = Number.NaN;
    const { spectrum, tail, bulk, training } = await measureMatrix(
      { data, rows: 3, columns: 4 },
      plainProducts,
      null,
    );
    expect(spectrum.undetermined).toBe('the matrix holds NaN in row 1, column 1');
    expect(tail.determined).toBe(false);
    expect(bulk).toBeNull();
    expect(training).toEqual({ label: 'not determined', restsOn: 'the matrix holds NaN in row 1, column 1' });
  });
});
