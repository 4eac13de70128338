import { InputError } from '../../errors/input-error.ts';
import { counted, someOf } from '../../wording/sentences.ts';
import { curveNames } from '../curves/curve-names.ts';
import { RunBuilder } from '../curves/run-builder.ts';
import type { Imported, Importer, ImportSource, ReadingOptions, SourceFile } from '../importer.ts';
import { cellNumber } from '../tables/cell-number.ts';
import { looksLikeWandbLog } from './leveldb-log.ts';
import { readWandbLog, type WandbLog } from './wandb-log.ts';

/** The binary logs that wandb keeps beside a script, also of runs that were never synced; those of one run id are one run. */
export const wandbImporter: Importer = {
  name: 'wandb',
  reads: 'runs of wandb as it keeps them on disk (run-….wandb), synced or not',
  recognizes: ({ files }) => files.some(isLog),
  read: readLogs,
};

function isLog(file: SourceFile): boolean {
  return /\.wandb$/i.test(file.name) && looksLikeWandbLog(file.head());
}

function readLogs(source: ImportSource, options: ReadingOptions): Imported {
  const files = source.isFolder ? source.files.filter(({ name }) => /\.wandb$/i.test(name)) : source.files;
  if (files.length === 0) throw new InputError({ file: source.path, allowed: 'a folder with .wandb files' });
  // Folders are named after the time at which they were made: a run that was gone on with comes later.
  const logs = files.map((file) => ({ file, log: readWandbLog(file.bytes(), file.path) }));
  const nameOf = runNames(logs.map(({ log }) => log));
  const builder = new RunBuilder(source.path, true);
  const parts = curveNames(options.names);
  const notes: string[] = [];
  for (const { file, log } of logs) {
    const run = nameOf(log);
    const others = takeRows(log, run, builder, parts);
    builder.config(run, log.config);
    if (log.tornAt !== null)
      notes.push(`${file.name}: the last record, at byte ${log.tornAt}, is cut short and was left out`);
    if (others.size > 0) notes.push(`${run}: no numbers: ${someOf([...others])}`);
    if (log.rows.length === 0) notes.push(`${file.name}: ${run} logged nothing`);
  }
  const { architecture, dataset } = options;
  const { runs, notes: more } = builder.finish({ architecture, dataset });
  return { runs, notes: [`${counted(files.length, 'log')} of wandb`, ...notes, ...more] };
}

/** Adds what was logged; returns the names of what is no number. */
function takeRows(
  { rows }: WandbLog,
  run: string,
  builder: RunBuilder,
  parts: ReturnType<typeof curveNames>,
): Set<string> {
  const others = new Set<string>();
  for (const { step, values } of rows) {
    for (const [name, value] of values) {
      // Times and the step itself.
      if (name.startsWith('_') || name === '') continue;
      const number = numberOf(value);
      if (number === null) {
        others.add(name.replace(/\._type$|\.(?:values|bins)$/, ''));
        continue;
      }
      const { layer, metric } = parts(name);
      builder.points(run, name, layer, metric).add(step, number);
      if (!Number.isFinite(number)) builder.noteGap(run, layer, metric, `step ${step} is ${number}`);
    }
  }
  return others;
}

/** JSON has no NaN and no infinity: wandb writes them as texts. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const special = typeof value === 'string' && value.length <= 9 ? cellNumber(value) : null;
  return special !== null && !Number.isFinite(special) ? special : null;
}

/** Its name as people see it; with its id behind it where several runs bear one name. */
function runNames(logs: readonly WandbLog[]): (log: WandbLog) => string {
  const ids = new Map<string, Set<string>>();
  for (const { id, name } of logs) ids.set(name, (ids.get(name) ?? new Set()).add(id));
  return ({ id, name }) => (name === '' ? id || 'run' : ids.get(name)!.size === 1 ? name : `${name}_${id}`);
}
