import { describe, expect, it } from 'vitest';
import { embeddableSeries, embeddedRun } from '../../src/report/embedded-run.ts';
import { exampleStudy } from './example-study.ts';

const { runs, analysis } = exampleStudy();
const floats = (text: string): number[] => {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
};

describe('the series in the page', () => {
  it('read back as the run’s values in single precision, gaps included', () => {
    const embedded = embeddedRun(runs[0], ['stable_rank'], analysis.runs[0]);
    embedded.layers.forEach((layer, l) => {
      const values = runs[0].layers[l].series.get('stable_rank')!.values;
      expect(floats(layer.series.stable_rank)).toEqual([...values].map(Math.fround));
    });
    expect(floats(embedded.steps)).toEqual([...runs[0].steps]);
    expect(embedded.events.map(({ step }) => step)).toEqual([15, 120]);
  });

  it('are those wanted, in order, as far as the bound reaches; the first in any case', () => {
    // Three runs of three layers, each 40 values of four bytes in base64.
    const each = 9 * Math.ceil(160 / 3) * 4;
    const wanted = ['stable_rank', 'rank_90', 'unheard_of'];
    expect(embeddableSeries(runs, wanted, 2 * each)).toEqual(wanted);
    expect(embeddableSeries(runs, wanted, 2 * each - 1)).toEqual(['stable_rank', 'unheard_of']);
    expect(embeddableSeries(runs, ['rank_90', 'stable_rank'], 0)).toEqual(['rank_90']);
  });
});
