import { InputError } from '../../errors/input-error.ts';
import { decodeUtf8 } from '../../formats/utf8.ts';
import { curveNames } from '../curves/curve-names.ts';
import { RunBuilder } from '../curves/run-builder.ts';
import { Faults } from '../faults.ts';
import type { Imported, Importer, ImportSource, ReadingOptions, SourceFile } from '../importer.ts';
import { looksLikeSqlite, openSqlite } from '../sqlite/database.ts';

const metricFile = /(?:^|\/)([0-9a-f]{32})\/metrics\/(.+)$/;
const paramFile = /(?:^|\/)([0-9a-f]{32})\/params\/(.+)$/;
const nameFile = /(?:^|\/)([0-9a-f]{32})\/tags\/mlflow\.runName$/;

/** What MLflow keeps: `mlflow.db`, or a folder `mlruns` with one file per metric. */
export const mlflowImporter: Importer = {
  name: 'mlflow',
  reads: 'runs of MLflow: mlflow.db, or the folder mlruns',
  recognizes: ({ files }) => files.some((file) => metricFile.test(file.name) || isDatabase(file)),
  read: (source, options) => {
    const database = source.files.find(isDatabase);
    return database === undefined ? readFolder(source, options) : readDatabase(database, options);
  },
};

function isDatabase(file: SourceFile): boolean {
  if (!/\.(?:db|sqlite3?)$/i.test(file.name) || !looksLikeSqlite(file.head())) return false;
  return openSqlite(file.bytes(), file.beside('-wal'), file.path).tables.includes('latest_metrics');
}

/** A value that was logged. MLflow keeps the order of logging by time; steps may be logged in any. */
interface Logged {
  readonly step: number;
  readonly time: number;
  readonly value: number;
}

/** By run and metric, what was logged. */
type Metrics = Map<string, Map<string, Logged[]>>;

function build(
  metrics: Metrics,
  names: ReadonlyMap<string, string>,
  params: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  file: string,
  options: ReadingOptions,
): Imported {
  const builder = new RunBuilder(file, true);
  const parts = curveNames(options.names);
  for (const [run, byMetric] of metrics) {
    const name = names.get(run) ?? run;
    const isShared = [...names.values()].filter((other) => other === name).length > 1;
    const unique = isShared ? `${name}-${run.slice(0, 8)}` : name;
    for (const [key, logged] of byMetric) {
      const { layer, metric } = parts(key);
      const points = builder.points(unique, key, layer, metric);
      // A step that was logged again counts as it was logged last.
      for (const { step, value } of logged.sort((a, b) => a.step - b.step || a.time - b.time))
        points.add(step, value);
      if (logged.some(({ value }) => Number.isNaN(value)))
        builder.noteGap(unique, layer, metric, 'logged as NaN');
    }
    builder.config(unique, params.get(run) ?? {});
  }
  return builder.finish({ architecture: options.architecture, dataset: options.dataset });
}

function note(metrics: Metrics, run: string, key: string, logged: Logged): void {
  const byMetric = metrics.get(run) ?? new Map<string, Logged[]>();
  metrics.set(run, byMetric);
  const known = byMetric.get(key);
  if (known === undefined) byMetric.set(key, [logged]);
  else known.push(logged);
}

function readDatabase(file: SourceFile, options: ReadingOptions): Imported {
  const database = openSqlite(file.bytes(), file.beside('-wal'), file.path);
  const metrics: Metrics = new Map();
  for (const { key, value, timestamp, step, run_uuid: run, is_nan: none } of database.rows('metrics')) {
    if (typeof key !== 'string' || typeof run !== 'string' || typeof step !== 'number') continue;
    const number = none === 1 || typeof value !== 'number' ? Number.NaN : value;
    note(metrics, run, key, { step, time: Number(timestamp), value: number });
  }
  const names = new Map<string, string>();
  for (const { run_uuid: run, name } of database.rows('runs')) {
    if (typeof run === 'string' && typeof name === 'string' && name !== '') names.set(run, name);
  }
  const params = new Map<string, Record<string, unknown>>();
  for (const { run_uuid: run, key, value } of database.rows('params')) {
    if (typeof run !== 'string' || typeof key !== 'string') continue;
    params.set(run, { ...params.get(run), [key]: value });
  }
  return build(metrics, names, params, file.path, options);
}

/** `EXPERIMENT/RUN/metrics/NAME`: a line `time value step` per value. */
function readFolder(source: ImportSource, options: ReadingOptions): Imported {
  const faults = new Faults(source.path);
  const metrics: Metrics = new Map();
  const names = new Map<string, string>();
  const params = new Map<string, Record<string, unknown>>();
  for (const file of source.files) {
    const [, run, key] = metricFile.exec(file.name) ?? [];
    const [, paramRun, param] = paramFile.exec(file.name) ?? [];
    const named = nameFile.exec(file.name)?.[1];
    const text = (): string => decodeUtf8(file.bytes(), file.path);
    if (run !== undefined) readMetric(text(), file.name, (logged) => note(metrics, run, key, logged), faults);
    else if (paramRun !== undefined)
      params.set(paramRun, { ...params.get(paramRun), [param]: text().trim() });
    else if (named !== undefined) names.set(named, text().trim());
  }
  faults.refuse();
  if (metrics.size === 0)
    throw new InputError({ file: source.path, allowed: 'a folder mlruns with metrics' });
  return build(metrics, names, params, source.path, options);
}

function readMetric(text: string, name: string, add: (logged: Logged) => void, faults: Faults): void {
  const lines = text.split(/\r?\n/);
  lines.forEach((line, i) => {
    if (line === '') return;
    const [time, value, step = '0'] = line.split(' ');
    const number = value === 'nan' ? Number.NaN : Number(value);
    if (/^\d+$/.test(time) && value !== undefined && /^\d+$/.test(step))
      add({ step: Number(step), time: Number(time), value: number });
    // The last line of a run that was killed may be cut short.
    else if (i < lines.length - 1) faults.add(`${name}, line ${i + 1}`, line, 'time, value and step');
  });
}
