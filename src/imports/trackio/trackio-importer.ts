import { InputError } from '../../errors/input-error.ts';
import { parsePythonJson } from '../../formats/json.ts';
import { curveNames } from '../curves/curve-names.ts';
import { RunBuilder } from '../curves/run-builder.ts';
import { Faults } from '../faults.ts';
import { importEach } from '../formats/merge-imported.ts';
import type { Imported, Importer, ReadingOptions, SourceFile } from '../importer.ts';
import { looksLikeSqlite, type NamedRow, openSqlite } from '../sqlite/database.ts';
import type { SqliteValue } from '../sqlite/records.ts';
import { cellNumber } from '../tables/cell-number.ts';
import { isRecord } from '../tables/record-table.ts';

/** What trackio keeps of a project: one SQLite file, a row of JSON per step, with its write-ahead log beside it. */
export const trackioImporter: Importer = {
  name: 'trackio',
  reads: 'a project of trackio (PROJECT.db)',
  recognizes: ({ files }) => files.some(isProject),
  read: (source, options) =>
    importEach(source.isFolder ? source.files.filter(isProject) : source.files, source, (file) =>
      readProject(file, options),
    ),
};

function isProject(file: SourceFile): boolean {
  if (!/\.db$/i.test(file.name) || !looksLikeSqlite(file.head())) return false;
  const { tables } = openSqlite(file.bytes(), file.beside('-wal'), file.path);
  return tables.includes('metrics') && !tables.includes('latest_metrics');
}

function readProject(file: SourceFile, options: ReadingOptions): Imported {
  const database = openSqlite(file.bytes(), file.beside('-wal'), file.path);
  const builder = new RunBuilder(file.path, true);
  const faults = new Faults(file.path);
  const parts = curveNames(options.names);
  for (const row of database.rows('metrics')) {
    const { run_name: run, step } = row;
    const metrics = jsonOf(row.metrics);
    if (typeof run !== 'string' || typeof step !== 'number' || metrics === null) {
      faults.add(`metrics, row ${String(row.id)}`, row.metrics, 'a run, a step and an object of metrics');
      continue;
    }
    for (const [name, written] of Object.entries(metrics)) {
      const value = numberOf(written);
      if (value === null) continue;
      const { layer, metric } = parts(name);
      builder.points(run, name, layer, metric).add(step, value);
      if (!Number.isFinite(value))
        builder.noteGap(run, layer, metric, `step ${step} is ${written ?? 'null'}`);
    }
  }
  faults.refuse();
  for (const row of database.rows('configs')) noteConfig(builder, row);
  return builder.finish({ architecture: options.architecture, dataset: options.dataset });
}

function noteConfig(builder: RunBuilder, row: NamedRow): void {
  const config = jsonOf(row.config);
  if (typeof row.run_name !== 'string' || config === null) return;
  builder.config(row.run_name, config);
}

/** Trackio writes JSON as text or as bytes, with what JSON cannot say as texts. */
function jsonOf(value: SqliteValue | undefined): Readonly<Record<string, unknown>> | null {
  const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  if (typeof text !== 'string') return null;
  try {
    const content = parsePythonJson(text);
    return isRecord(content) ? content : null;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** NaN for what says that it is none; null for what is no number at all. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value === null) return Number.NaN;
  if (typeof value !== 'string' || value.length > 9) return null;
  const number = cellNumber(value);
  return number === null || Number.isFinite(number) ? null : number;
}
