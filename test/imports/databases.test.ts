import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import type { Imported } from '../../src/imports/importer.ts';
import { mlflowImporter } from '../../src/imports/mlflow/mlflow-importer.ts';
import { openSqlite } from '../../src/imports/sqlite/database.ts';
import { trackioImporter } from '../../src/imports/trackio/trackio-importer.ts';
import { golden, importerSamples, sourceOf } from './samples.ts';

const logged = (step: number) => 2 * Math.exp(-step / 100) + 0.1;
const steps = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];

describe('a SQLite database', () => {
  it('is read with its write-ahead log, long rows and rows of integers included', () => {
    const rows = [...openSqlite(golden('wal/log.db'), golden('wal/log.db-wal'), 'x').rows('t')];
    expect(rows).toHaveLength(101);
    expect(rows[0]).toEqual({ id: 1, 'a b': 1 / 3, note: 'n' });
    expect(rows[49]).toMatchObject({ id: 50, 'a b': -1.5 });
    expect(rows[100]).toEqual({ id: 1000, 'a b': 2 ** 63, note: 'long '.repeat(1000) });
  });

  it('is read without one as it was before, and a log that is cut short ends at its last commit', () => {
    const before = [...openSqlite(golden('wal/log.db'), null, 'x').rows('t')];
    expect(before).toHaveLength(100);
    expect(before[49]['a b']).toBe(50 / 3);
    const wal = golden('wal/log.db-wal');
    expect([...openSqlite(golden('wal/log.db'), wal.subarray(0, -600), 'x').rows('t')]).toEqual(before);
  });

  it('is refused, and nothing worse, where it is damaged', () => {
    const bytes = golden('wal/log.db');
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = bytes.slice();
      damaged[at] ^= 0xff;
      try {
        const database = openSqlite(damaged, null, 'x');
        for (const table of database.tables) for (const _ of database.rows(table));
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
    expect(() => openSqlite(new Uint8Array(600), null, 'x')).toThrow(/SQLite first bytes/);
  });
});

describe('what trackio keeps', () => {
  it('is read with its settings, and NaN is a gap', () => {
    const { runs } = trackioImporter.read(sourceOf(importerSamples.trackio), {}) as Imported;
    expect(runs.map(({ id, architecture }) => [id, architecture])).toEqual([['run-one', 'mlp']]);
    expect(runs[0].hyperparameters).toMatchObject({ lr: 0.1 });
    expect([...runs[0].steps]).toEqual(steps);
    // The last digit of an exponential is Python's own.
    for (const [i, value] of runs[0].loss.entries()) expect(value).toBeCloseTo(logged(steps[i]), 14);
    expect([...runs[0].layers[0].series.get('stable_rank')!.values]).toEqual(
      steps.map((step) => 8 - step / 50),
    );
    const bad = runs[0].tracks![0].subjects[0].series.get('bad')!;
    expect(bad.undetermined.map(({ index }) => index)).toEqual([2]);
  });
});

describe('what MLflow keeps', () => {
  it.each([['mlflow.db', { 'mlflow.db': golden('mlflow/mlflow.db') }]])(
    '%s is read with names and parameters',
    (_, files) => {
      const { runs } = mlflowImporter.read(sourceOf(files), {}) as Imported;
      expect(runs.map(({ id, seed }) => [id, seed])).toEqual([
        ['first', 3],
        ['second', null],
      ]);
      // The last digit of an exponential is Python's own.
      for (const [i, value] of runs[0].loss.entries()) expect(value).toBeCloseTo(logged(steps[i]), 14);
      const second = runs[1].layers[0].series.get('loss')!.values;
      for (const [i, value] of second.entries()) expect(value).toBeCloseTo(logged(steps[i]) + 1, 14);
      const rank = runs[0].layers[0].series.get('stable_rank')!;
      expect(rank.undetermined).toEqual([{ index: 2, reason: 'no number; the first such: logged as NaN' }]);
    },
  );

  it('in a folder mlruns is read from a file per metric', () => {
    const { runs } = mlflowImporter.read(sourceOf(importerSamples.mlflow), {}) as Imported;
    expect(runs.map(({ id, seed }) => [id, seed])).toEqual([['first', 3]]);
    expect([...runs[0].layers[0].series.get('stable_rank')!.values]).toEqual([2, 12, 22, 32]);
  });
});
