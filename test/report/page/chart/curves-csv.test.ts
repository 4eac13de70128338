import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { curvesCsv } from '../../../../src/report/page/chart/curves-csv.ts';
import { curve } from './example-curves.ts';

const title = 'Stable rank (dimensions)';

describe('what a chart shows, as CSV', () => {
  it('has a row for each measurement between the steps shown, numbers as short as they read back', () => {
    const curves = [curve('a, "odd"', [1.1, 2, Number.NaN, 0.123456789]), curve('b', [3, 4])];
    expect(curvesCsv({ curves, title, smoothing: 1 }, [5, 15])).toBe(
      [
        'run,layer,quantity,step,value',
        '"a, ""odd""",network.0,Stable rank (dimensions),5,2',
        '"a, ""odd""",network.0,Stable rank (dimensions),10,',
        '"a, ""odd""",network.0,Stable rank (dimensions),15,0.12345679',
        'b,network.0,Stable rank (dimensions),5,4',
        '',
      ].join('\r\n'),
    );
  });

  it('has the measured values and the smoothed ones, of means over runs their range too', () => {
    const [raw, low, high] = [
      [1, 5, 3],
      [0, 4, 2],
      [2, 6, 4],
    ].map((values) => Float32Array.from(values));
    const pooled = curve('mean', [1, 3, 3], { raw, band: { low, high }, facts: { of: 'mlp', runs: 2 } });
    const rows = parse(curvesCsv({ curves: [pooled], title, smoothing: 3 }, [0, 10]), { columns: true });
    expect(rows[1]).toEqual({
      ...{ of: 'mlp', runs: '2', quantity: title, step: '5' },
      ...{ mean: '5', lowest: '4', highest: '6', mean_of_3: '3' },
    });
  });

  it('gives back every number in single precision', () => {
    const values = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i) * 10 ** ((i % 20) - 10));
    const csv = curvesCsv({ curves: [curve('a', [...values])], title, smoothing: 1 }, [0, 1e9]);
    const rows: { value: string }[] = parse(csv, { columns: true });
    const read = rows.map(({ value }) => Math.fround(Number(value)));
    expect(read).toEqual([...values]);
  });
});
