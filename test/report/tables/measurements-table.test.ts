import { describe, expect, it } from 'vitest';
import { runOf } from '../../../src/derived/run-of.ts';
import { measurementsTable } from '../../../src/report/tables/measurements-table.ts';
import { records } from '../../../src/tables/table.ts';

const run = runOf({
  ...{ id: 'a', seed: 3, architecture: 'mlp', dataset: 'digits', steps: [0, 10] },
  layers: { first: { stable_rank: [2, Number.NaN] }, second: { stable_rank: [4, 5], rank_90: [1, 2] } },
  loss: [2.5, 1.5],
});

describe('the table of measurements', () => {
  it('has a row for each layer at each step, a column for each metric, and the loss beside them', () => {
    const rows = [...records(measurementsTable([run]))];
    expect(
      rows.map(({ layer, depth, step, loss, stable_rank, rank_90 }) => [
        layer,
        depth,
        step,
        loss,
        stable_rank,
        rank_90,
      ]),
    ).toEqual([
      ['first', 0, 0, 2.5, 2, null],
      ['first', 0, 10, 1.5, null, null],
      ['second', 1, 0, 2.5, 4, 1],
      ['second', 1, 10, 1.5, 5, 2],
    ]);
    expect(rows[0]).toMatchObject({
      run: 'a',
      seed: 3,
      architecture: 'mlp',
      dataset: 'digits',
      gradient_norm: null,
    });
  });

  it('says why a metric that a layer has is missing, and nothing of one that it has not', () => {
    const rows = [...records(measurementsTable([run]))];
    expect(rows.map((row) => row.undetermined)).toEqual([null, ['stable_rank: it is NaN'], null, null]);
  });

  it('keeps the loss of a run without layers', () => {
    const bare = { ...run, layers: [] };
    expect(
      [...records(measurementsTable([bare]))].map(({ layer, step, loss }) => [layer, step, loss]),
    ).toEqual([
      [null, 0, 2.5],
      [null, 10, 1.5],
    ]);
  });

  it('gives a metric that is named like another column a name of its own, also where capitals alone differ', () => {
    const odd = runOf({ id: 'a', steps: [0], layers: { first: { Loss: [7], step: [8], stable_rank: [9] } } });
    const [row] = records(measurementsTable([odd]));
    expect(row).toMatchObject({ step: 0, metric_Loss: 7, metric_step: 8, stable_rank: 9 });
  });
});
