import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvSeries } from '../../../src/imports/series/csv-series.ts';
import { jsonSeries } from '../../../src/imports/series/json-series.ts';
import type { SeriesFile } from '../../../src/imports/series/named-series.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { describeWith } from '../../requirements.ts';

/** Files as loggers write them, in small: the level rises by 1 at training step 10000. */

const rng = createRandom('series cases');
const steps = Array.from({ length: 80 }, (_, i) => 250 * i);
const loss = steps.map((step) => Number(((step < 10000 ? 1 : 2) + 0.04 * rng.normal()).toFixed(6)));
const table = (header: string, row: (i: number) => string): string =>
  [header, ...steps.map((_, i) => row(i)), ''].join('\n');
const records = steps.map((step, i) => ({ step, loss: loss[i], epoch: step / 1000 }));

const read = (name: string, content: string): SeriesFile => {
  const bytes = new TextEncoder().encode(content);
  return /\.jsonl?$/.test(name) ? jsonSeries(bytes, name) : csvSeries(bytes, name);
};

/** The step at which the mean of what follows differs most from the mean of what came before. */
function riseIn({ series }: SeriesFile['series'][number]): number {
  const values = [...series.values];
  const mean = (part: number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  const gain = (i: number) =>
    (mean(values.slice(i)) - mean(values.slice(0, i))) ** 2 * ((i * (values.length - i)) / values.length);
  const at = values.map((_, i) => (i === 0 ? 0 : gain(i)));
  return series.steps[at.indexOf(Math.max(...at))];
}

describe('a series file as a tool writes it', () => {
  it.each([
    [
      'wandb_history.csv',
      table(
        '"_runtime","_step","_timestamp","loss"',
        (i) => `${i * 1.7},${steps[i]},${1.7e9 + i},${loss[i]}`,
      ),
      '_step',
      ['_runtime', '_timestamp'],
    ],
    ['index_step.csv', table('index,step,loss', (i) => `${i},${steps[i]},${loss[i]}`), 'step', ['index']],
    [
      'time_step.csv',
      table('time,step,loss', (i) => `${1.7e9 + i * 1.7},${steps[i]},${loss[i]}`),
      'step',
      ['time'],
    ],
    [
      'tb.csv',
      table('Wall time,Step,Value', (i) => `${1.7e9 + i},${steps[i]},${loss[i]}`),
      'Step',
      ['Wall time'],
    ],
    [
      'savetxt.csv',
      table('# step,loss', (i) => `${steps[i].toExponential(18)},${loss[i].toExponential(18)}`),
      'step',
      [],
    ],
    [
      'savetxt.txt',
      table('# step loss', (i) => `${steps[i].toExponential(18)} ${loss[i].toExponential(18)}`),
      'step',
      [],
    ],
    [
      'epochs.csv',
      table('epoch,time,iteration,loss', (i) => `${i},${i},${steps[i]},${loss[i]}`),
      'iteration',
      ['epoch', 'time'],
    ],
    [
      'trainer.csv',
      table('_step,trainer/global_step,loss', (i) => `${i},${steps[i]},${loss[i]}`),
      'trainer/global_step',
      ['_step'],
    ],
    [
      'excel.csv',
      `sep=;\r\n${table('step;loss', (i) => `${steps[i]};${String(loss[i]).replace('.', ',')}`).replaceAll('\n', '\r\n')}`,
      'step',
      [],
    ],
    [
      'mixed.csv',
      table('step,loss', (i) => `${steps[i]},${loss[i]}`).replace(
        /\n/g,
        (_, at: number) => ['\n', '\r\n', '\r'][at % 3],
      ),
      'step',
      [],
    ],
    [
      'ranges.csv',
      table(
        '"Step","run - loss","run - loss__MIN","run - loss__MAX"',
        (i) => `"${steps[i]}","${loss[i]}","${loss[i]}","${loss[i]}"`,
      ),
      'Step',
      ['run - loss__MIN', 'run - loss__MAX'],
    ],
    ['step_loss.json', JSON.stringify({ step: steps, loss }), 'step', []],
    ['records.json', JSON.stringify(records), 'step', ['epoch']],
    ['records.jsonl', records.map((record) => `${JSON.stringify(record)}\n`).join(''), 'step', ['epoch']],
    ['trainer_state.json', JSON.stringify({ global_step: 19750, log_history: records }), 'step', ['epoch']],
  ] as const)(
    '%s has the change at its training step, and its clocks are no series',
    (name, content, stepName, leftOut) => {
      const file = read(name, content);
      expect(file.steps).toBe(stepName);
      expect(file.leftOut.map((column) => column.name)).toEqual(leftOut);
      expect(file.series.map(({ problem }) => problem)).toEqual([null]);
      expect(riseIn(file.series[0])).toBe(10000);
      expect([...file.series[0].series.values]).toEqual(loss);
    },
  );

  it('has a header though it is made of numbers', () => {
    const indexed = read('widths.csv', ',64,128,256\n0,0.3,0.31,0.32\n1,0.2,0.21,0.22\n');
    expect(indexed.series.map(({ name }) => name)).toEqual(['64', '128', '256']);
    expect([...indexed.series[0].series.values]).toEqual([0.3, 0.2]);
    expect(read('w.csv', '64,128\n0.3,0.31\n').series.map(({ name }) => name)).toEqual(['64', '128']);
    // Numbers like those below them are no names.
    expect(read('w.csv', '0,1.5\n50,1.4\n').series.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
    expect(read('w.csv', '1,2\n3,4\n').series.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
  });

  it('has sparse columns, each with its own rows', () => {
    const sparse = read(
      'metrics.csv',
      'epoch,step,train_loss,val_loss\n0,0,1.5,\n0,50,1.4,\n0,50,,1.6\n1,100,1.3,\n1,100,,1.45\n',
    );
    expect(sparse.series.map(({ series }) => [...series.steps])).toEqual([
      [0, 50, 100],
      [50, 100],
    ]);
    expect(sparse.series.map(({ problem }) => problem)).toEqual([null, null]);
  });

  it('has gaps with a reason where a value is no number', () => {
    const { series } = read('diverged.csv', 'step,loss\n0,1\n50,nan\n100,inf\n150,oops\n200,2\n');
    expect(series).toMatchObject([{ problem: null, gap: 'line 3 is nan' }]);
    expect([...series[0].series.values].map(Number.isFinite)).toEqual([true, false, false, false, true]);
  });

  it.each([
    ['torn.csv', 'step,loss\n0,1\n50,2\n10'],
    ['torn-quote.csv', 'step,loss\n0,1\n50,2\n"10'],
    ['crashed.csv', 'step,loss\n0,1\n50,2\n\0\0\0\0'],
    ['torn.jsonl', '{"step": 0, "loss": 1}\n\n{"step": 50, "loss": 2}\n{"step": 100, "lo'],
  ])('%s loses its torn last line, not the rest', (name, content) => {
    const file = read(name, content);
    expect(file.notes).toEqual([expect.stringMatching(/^line 4, the last, is cut short/)]);
    expect([...file.series[0].series.values]).toEqual([1, 2]);
  });

  it('loses no more than the line that ends within a character', () => {
    const bytes = new TextEncoder().encode('step,loss,mark\n0,1,a\n50,2,b\n100,3,é');
    expect([...csvSeries(bytes.subarray(0, -1), 'x.csv').series[0].series.values]).toEqual([1, 2, 3]);
  });

  it('lists every fault with its place in one message', () => {
    expect(() => read('bad.csv', 'a,b\n1,2\n3\n4,5\n6,7,8\n')).toThrow(
      /2 faults: line 3 is "1 cells", not 2, as in the first row; line 5 is "3 cells"/,
    );
    expect(() => read('bad.jsonl', '{"a": 1}\n{"a": 2}\noops\n[1]\n{"a": 3}\n')).toThrow(
      /2 faults: line 3 .*; line 4 /,
    );
  });
});

const shared = resolve(import.meta.dirname, '../../../../shared/cases/series');
const requirement = {
  missing: existsSync(shared) ? null : '../shared/cases/series is not here',
  demanded: process.env.RANKSCOPE_REQUIRE_SHARED === '1',
};

describeWith(requirement, 'the named cases', () => {
  const file = (name: string) => read(name, readFileSync(join(shared, name), 'utf8'));

  it.each([
    ...['wandb_history.csv', 'index_step.csv', 'time_step.csv', 'step_loss.json', 'savetxt.csv'],
    ...['tb.csv', 'records.jsonl', 'trainer_state.json', 'diverged.csv', 'lightning.csv'],
  ])('%s: the change is at training step 10000', (name) => {
    const [first] = file(name).series;
    expect(first.problem).toBeNull();
    const whole = first.series.values.findIndex((value) => !Number.isFinite(value));
    const end = whole < 0 ? first.series.values.length : whole;
    const series = { steps: first.series.steps.slice(0, end), values: first.series.values.slice(0, end) };
    expect(riseIn({ ...first, series })).toBe(10000);
  });

  it('widths.csv: three columns, none of which changes; logsteps.csv and one_missing.csv: their own steps', () => {
    expect(file('widths.csv').series.map(({ name }) => name)).toEqual(['64', '128', '256']);
    const { steps: own } = file('logsteps.csv').series[0].series;
    expect([own[0], own[own.length - 1]]).toEqual([1, 100000]);
    expect([...file('one_missing.csv').series[0].series.steps]).not.toContain(5000);
  });
});
