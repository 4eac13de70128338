import { describe, expect, it } from 'vitest';
import { csvImporter } from '../../src/imports/formats/csv.ts';
import type { Imported, ReadingOptions } from '../../src/imports/importer.ts';
import { importers } from '../../src/imports/importers.ts';
import { sourceOf } from './samples.ts';

const read = (text: string, options: ReadingOptions = {}) =>
  csvImporter.read(sourceOf({ 'log.csv': text }, false), options) as Imported;
const valuesOf = ({ runs }: Imported, layer: number, series: string) => [
  ...runs[0].layers[layer].series.get(series)!.values,
];

describe('a table of somebody', () => {
  it('may be wide: layers and metrics are told by the names of the columns', () => {
    const imported = read('step,loss,head/stable_rank,participation_ratio.enc.0\n0,2,5,7\n10,1,4,6\n');
    const [run] = imported.runs;
    expect(run.layers.map(({ name, depth, kind }) => [name, depth, kind])).toEqual([
      ['head', 0, 'unknown'],
      ['enc.0', 1, 'unknown'],
    ]);
    expect(valuesOf(imported, 0, 'stable_rank')).toEqual([5, 4]);
    expect(valuesOf(imported, 0, 'participation_ratio')).toEqual([NaN, NaN]);
    expect(run.layers[0].series.get('participation_ratio')!.undetermined[0].reason).toBe(
      'not logged at this step',
    );
    expect([...run.loss]).toEqual([2, 1]);
    expect(imported.notes).toContain('depth of the layers: the order in which the log first names them');
  });

  it('may name its columns after a pattern', () => {
    const imported = read('step,my score@block.1,other\n0,5,1\n', { names: '{metric}@{layer}' });
    expect(imported.runs[0].layers.map(({ name }) => name)).toEqual(['block.1']);
    expect(valuesOf(imported, 0, 'my_score')).toEqual([5]);
    expect(imported.runs[0].tracks![0].subjects[0].series.get('other')!.values).toEqual(Float64Array.of(1));
    expect(() => read('step,a\n0,5\n', { names: '{metric}' })).toThrow(/--names/);
  });

  it('may be long, with any layers and kinds, in any order of rows, of several seeds', () => {
    const rows = [0, 1].flatMap((seed) =>
      [0, 10].flatMap((step) => [
        `${step},ssm.0,state space,my_rank,${step + seed},${seed},mamba-tiny`,
        `${step},head,linear,my_rank,${step * 2},${seed},mamba-tiny`,
      ]),
    );
    const imported = read(['iteration,module,layer_type,metric,value,seed,model', ...rows, ''].join('\n'));
    expect(imported.runs.map(({ id, seed, architecture }) => [id, seed, architecture])).toEqual([
      ['mamba-tiny_seed0', 0, 'mamba-tiny'],
      ['mamba-tiny_seed1', 1, 'mamba-tiny'],
    ]);
    expect(imported.runs[1].layers.map(({ name, kind }) => [name, kind])).toEqual([
      ['ssm.0', 'state space'],
      ['head', 'linear'],
    ]);
    expect([...imported.runs[1].layers[0].series.get('my_rank')!.values]).toEqual([1, 11]);
  });

  it('may have a column of layers beside columns of metrics, and columns of any names where told', () => {
    const imported = read('Zeit,Schicht,rank_a,rank_b\n0,a,1,2\n0,b,3,4\n5,a,5,6\n5,b,7,8\n', {
      columns: { step: 'Zeit', layer: 'Schicht' },
    });
    expect(valuesOf(imported, 1, 'rank_b')).toEqual([4, 8]);
    expect(() => read('a,b\n0,1\n', { columns: { step: 'c' } })).toThrow(
      /--columns step is "c"; allowed: .*one of a, b/,
    );
    expect(() => read('a,b\n0,1\n', { columns: { stepp: 'a' } })).toThrow(/did you mean step/);
  });

  it('without layers has the curves of the network', () => {
    const imported = read('step,val_loss,accuracy\n0,2,0.1\n10,,0.5\n');
    expect(imported.runs[0].layers.map(({ name }) => name)).toEqual(['network']);
    expect(valuesOf(imported, 0, 'val_loss')).toEqual([2, NaN]);
    expect(imported.runs[0].evaluations).toEqual([
      { step: 0, accuracy: 0.1, examples: null },
      { step: 10, accuracy: 0.5, examples: null },
    ]);
  });

  it('goes on where a resumed training measures again', () => {
    const imported = read('step,loss\n0,5\n10,4\n20,3\n10,2\n20,1\n');
    expect(valuesOf(imported, 0, 'loss')).toEqual([5, 2, 1]);
    expect(imported.notes.join()).toMatch(/go back 1 time/);
  });

  it('with several runs in it and no column that tells them apart is refused', () => {
    expect(() => read('step,loss\n0,5\n10,4\n0,3\n10,2\n')).toThrow(/--columns run=NAME/);
  });

  it('lists every step that is none, with its line', () => {
    expect(() => read('step,loss\n0,5\nx,4\n1.5,3\n,2\n', { columns: { step: 'step' } })).toThrow(
      /3 faults: line 3, step is "x".*line 4, step is "1\.5".*line 5, step is "missing"/,
    );
  });

  it('keeps why a value is no number', () => {
    const imported = read('step,loss\n0,5\n10,nan\n');
    expect(imported.runs[0].layers[0].series.get('loss')!.undetermined).toEqual([
      { index: 1, reason: 'no number; the first such: line 3 is nan' },
    ]);
  });
});

describe('tables that tools export', () => {
  it.each([
    ['aim', 'run.hash,metric.name,step,epoch,metric.value\nab12,loss,0,0,2\nab12,loss,10,0,1\n', 'ab12'],
    [
      'wandb',
      '"Step","r1 - loss","r1 - loss__MIN","r1 - loss__MAX"\n"0","2","2","2"\n"10","1","1","1"\n',
      'log',
    ],
    ['MLflow', 'run_id,metric,step,value,timestamp\nab,loss,0,2,17\nab,loss,10,1,18\n', 'ab'],
    ['TensorBoard', 'Wall time,Step,Value\n1700000000.5,0,2\n1700000001.5,10,1\n', 'log'],
  ])('%s: one curve at its steps', (_, text, id) => {
    const [run] = read(text).runs;
    expect(run.id).toBe(id);
    expect([...run.steps]).toEqual([0, 10]);
    expect(run.layers.map(({ series }) => [...series.values()].map(({ values }) => [...values]))).toEqual([
      [[2, 1]],
    ]);
  });

  it('are recognized for what they are, and the formats have names', () => {
    expect(importers.map(({ name }) => name)).toContain('csv');
  });
});
