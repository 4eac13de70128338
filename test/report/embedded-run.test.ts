import { describe, expect, it } from 'vitest';
import { embeddableSeries, embeddedRun } from '../../src/report/embedded-run.ts';
import { packWithNumbers } from '../../src/report/packed.ts';
import { unpackWithNumbers } from '../../src/report/page/unpack.ts';
import { exampleStudy } from './example-study.ts';
import { unpackedRuns } from './unpacked.ts';

const { runs, analysis } = exampleStudy();

function expectToFiveDigits(found: readonly number[], values: Float64Array): void {
  expect(found).toHaveLength(values.length);
  found.forEach((value, i) => {
    if (Number.isNaN(values[i])) expect(value).toBeNaN();
    else expect(Math.abs(value - values[i])).toBeLessThanOrEqual(8e-6 * Math.abs(values[i]));
  });
}

describe('the series in the page', () => {
  it('read back as the run’s values to five significant digits, gaps included, and steps exactly', async () => {
    const { value, numbers } = embeddedRun(runs[0], ['stable_rank'], analysis.runs[0], '<p>a run</p>');
    const packed = packWithNumbers(value, numbers);
    const read = await unpackWithNumbers<typeof value>(packed);
    expect(read).toEqual({ value, numbers });
    const part = (index: number): number[] => [
      ...read.numbers.subarray(index * value.measurements, (index + 1) * value.measurements),
    ];
    expect(part(0)).toEqual([...runs[0].steps]);
    expectToFiveDigits(part(1), runs[0].loss);
    value.layers.forEach(({ series }, l) => {
      const values = runs[0].layers[l].series.get('stable_rank')!.values;
      expectToFiveDigits(part(series.stable_rank), values);
    });
    expect(value.layers.map(({ marks }) => marks)).toEqual([
      { stretches: [['rise', 'fast', 0, 135, 15]], turns: [], stable: 120 },
      { stretches: [], turns: [], stable: null },
      null,
    ]);
    // Another reader of the same rules.
    const [other] = unpackedRuns(`<script type="text/plain" id="run-data-0">${packed}</script>`);
    expect(other).toEqual({ ...value, numbers });
  });

  it('keep what is no number, and texts of any language', async () => {
    const odd = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-45, 3.4e38);
    expect((await unpackWithNumbers(packWithNumbers({}, odd))).numbers).toEqual(odd);
    const words = 'Zürich – 東京 </script>';
    expect((await unpackWithNumbers(packWithNumbers(words, odd))).value).toBe(words);
    expect(
      (await unpackWithNumbers(packWithNumbers({ empty: true }, new Float32Array(0)))).numbers,
    ).toHaveLength(0);
  });

  it('are those wanted, in order, as far as the bound reaches; the first in any case', () => {
    // Three runs of three layers, each 40 values of four bytes.
    const each = 9 * 160;
    const wanted = ['stable_rank', 'rank_90', 'unheard_of'];
    expect(embeddableSeries(runs, wanted, 2 * each)).toEqual(wanted);
    expect(embeddableSeries(runs, wanted, 2 * each - 1)).toEqual(['stable_rank', 'unheard_of']);
    expect(embeddableSeries(runs, ['rank_90', 'stable_rank'], 0)).toEqual(['rank_90']);
  });
});
