import { describe, expect, it } from 'vitest';
import { parseNdtRun } from '../../src/imports/ndt/ndt-run.ts';
import { tidyTable, toTidySeries } from '../../src/measurements/tidy.ts';
import { formatCsv } from '../../src/tables/csv.ts';
import { records } from '../../src/tables/table.ts';
import { ndtLog } from './fixtures.ts';

describe('the tidy table of a run', () => {
  const log = ndtLog();
  log.measurements[1].layer_metrics['network.2'].nuclear_norm_ratio = null;
  const rows = [...toTidySeries(parseNdtRun(JSON.stringify(log), 'log.json'))];

  it('has a row for every value of every series', () => {
    expect(rows).toHaveLength(3 * 5 * 4);
    expect(rows[1]).toEqual({
      run: 'mlp_shallow_2_mnist',
      architecture: 'mlp_shallow_2',
      family: 'mlp',
      dataset: 'mnist',
      seed: null,
      layer: 'network.0',
      kind: 'linear',
      depth: 0,
      series: 'stable_rank.logged',
      origin: 'logged',
      step: 5,
      value: 1 - 1e-12,
      reason: null,
    });
  });

  it('says why a value is missing', () => {
    const missing = rows.filter(({ value }) => value === null);
    expect(missing.map(({ layer, series, step, reason }) => [layer, series, step, reason])).toEqual([
      ['network.2', 'nuclear_norm_ratio.raw', 5, 'logged as NaN'],
      ['network.2', 'stable_rank.raw', 5, expect.stringMatching(/missing/)],
    ]);
  });

  it('has a CSV column for each of its fields', () => {
    const tidy = tidyTable([parseNdtRun(JSON.stringify(log), 'log.json')]);
    expect([...records(tidy)]).toEqual(rows);
    expect(formatCsv(tidy).split('\r\n')[1]).toBe(
      'mlp_shallow_2_mnist,mlp_shallow_2,mlp,mnist,,network.0,linear,0,stable_rank.logged,logged,0,0.999999999999,',
    );
  });
});
