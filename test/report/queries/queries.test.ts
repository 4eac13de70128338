import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runSummary } from '../../../src/dynamics/run-summary.ts';
import { writeFiles } from '../../../src/files/write-files.ts';
import { reportTableFiles } from '../../../src/report/tables/report-tables.ts';
import { formatParquet } from '../../../src/tables/parquet.ts';
import { table } from '../../../src/tables/table.ts';
import { describeWith } from '../../requirements.ts';
import { answersTo, duckdbPython } from './duckdb-python.ts';
import { queriesStudy } from './study.ts';

const doc = readFileSync(resolve(import.meta.dirname, '../../../docs/queries.md'), 'utf8');

/** Every query of the document, with the answer that is printed below it. */
const documented = [...doc.matchAll(/```(sql|python)\n(.*?)```\n\n```text\n(.*?)```/gs)].map(
  ([, language, code, printed]) => ({ language, code, printed }),
);

describeWith(duckdbPython(), 'tables as DuckDB and pandas read them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-queries-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };

  it('answer every query of docs/queries.md as it is printed there', () => {
    const input = queriesStudy();
    const summaries = input.runs.map((run, i) => runSummary(run, input.analysis.runs[i]));
    writeFiles(folder, reportTableFiles(input, summaries, 'my-study/report/tables/'));
    const fences = doc.match(/```(sql|python)\n/g) ?? [];
    expect(documented.length).toBe(fences.length);
    expect(documented.length).toBeGreaterThan(8);
    const answers = answersTo(
      documented.map(({ language, code }) => ({ language, code })),
      folder,
    );
    documented.forEach(({ code, printed }, i) => {
      expect(answers[i].trimEnd(), code).toBe(printed.trimEnd());
    });
  });

  it('lose no row to a filter that goes by the bounds in the file', () => {
    // Three groups of rows, of which the first holds nothing but empty cells and the second a few of them.
    const rows = Array.from({ length: 210_000 }, (_, i) => {
      if (i < 100_000) return Number.NaN;
      return i % 7 === 0 ? null : (i - 150_000) / 1000;
    });
    const column = {
      name: 'value',
      type: 'number',
      meaning: 'a number',
      of: (value: number | null) => value,
    } as const;
    write('numbers.parquet', formatParquet(table('numbers', 'one number', [column], rows)));
    const known = rows.filter((value): value is number => value !== null && !Number.isNaN(value));
    const count = (holds: (value: number) => boolean): string => String(known.filter(holds).length);
    const asked = [
      ['value > 49', count((value) => value > 49)],
      ['value <= -49.9', count((value) => value <= -49.9)],
      ['value = 0', count((value) => value === 0)],
      ['value is null', String(rows.length - known.length)],
      ['isnan(value)', '0'],
      [
        'value > 49 or value is null',
        String(rows.length - known.length + known.filter((value) => value > 49).length),
      ],
    ] as const;
    const answers = answersTo(
      asked.map(([condition]) => ({
        language: 'sql',
        code: `select count(*) as n from 'numbers.parquet' where ${condition}`,
      })),
      folder,
    );
    expect(answers.map((answer, i) => [asked[i][0], answer.split('\n')[1]])).toEqual(asked);
  });

  it('have their types in every file, also where a column or the whole table is empty', () => {
    const types = ['text', 'integer', 'number', 'boolean', 'texts'] as const;
    const columns = types.map((name) => ({ name, type: name, meaning: name, of: () => null }));
    write('none.parquet', formatParquet(table('none', 'nothing', columns, [])));
    write('empty.parquet', formatParquet(table('empty', 'nothing', columns, [1])));
    const answers = answersTo(
      ['none', 'empty'].map((name) => ({
        language: 'sql',
        code: `select column_type from (describe select * from '${name}.parquet')`,
      })),
      folder,
    );
    for (const answer of answers)
      expect(answer.split('\n').slice(1)).toEqual(['VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'VARCHAR[]']);
  });
});
