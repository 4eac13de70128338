import type { Column } from './column.ts';

/** What a column is to a table of curves. */
export type ColumnRole =
  | 'steps'
  | 'another clock'
  | 'an epoch'
  | 'an index'
  | 'a time'
  | 'a range'
  | 'text'
  | 'curve';

/**
 * Names under which programs keep training steps, the surest first: where a logger counts its own calls (`_step` of wandb),
 * the trainer's count stands before it.
 */
const stepNames = [
  'global_step',
  'trainer/global_step',
  'train/global_step',
  'step',
  'steps',
  'training_step',
  'train_step',
  '_step',
  'time/total_timesteps',
  'total_timesteps',
  'iteration',
  'iterations',
  'iter',
  'it',
  'update',
  'updates',
];
const epochNames = ['epoch', 'epochs', 'train/epoch', '_epoch'];
const indexNames = ['index', '', 'unnamed:_0', 'idx', 'i', 'row', 't'];
/** Of these only `time` may be the steps, where nothing else is. */
const timeNames = [
  'time',
  'timestamp',
  'timestamps',
  '_timestamp',
  'wall_time',
  'walltime',
  '_runtime',
  'runtime',
  'relative_time',
  'relative_time_(process)',
  'relative_time_(wall)',
  'elapsed',
  'elapsed_time',
  'time_elapsed',
  'time/time_elapsed',
  'date',
  'datetime',
  'created_at',
];
const oneSeriesClock = / - _?(?:step|runtime|timestamp)$/;
const rangeEnd = /__(?:min|max)$/i;

/** A column's name as it is compared: without the `#` of savetxt, the case and the kind of blanks. */
export function plainName(name: string): string {
  return name
    .replace(/^\s*#+/, '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/**
 * What each column of a table is. The training steps are looked for by name, epochs last, and never an index or a time
 * before them; of two columns of steps the surer name counts. All other clocks, and the `__MIN` and `__MAX` beside the curves of
 * wandb, are no curves.
 *
 * @param asked position of the column that was said to hold the steps.
 * @param haveCurves whether there are curves beside these columns, so that the only one of them may have the steps.
 */
export function columnRoles(columns: readonly Column[], asked?: number, haveCurves = false): ColumnRole[] {
  const names = columns.map(({ name }) => plainName(name));
  const steps = asked ?? (columns.length > 1 || haveCurves ? stepsAmong(columns, names) : -1);
  const all = new Set(columns.map(({ name }) => name));
  return columns.map((column, c) => (c === steps ? 'steps' : roleOf(column, names[c], all)));
}

function stepsAmong(columns: readonly Column[], names: readonly string[]): number {
  const usable = ({ numbers, textCells }: Column): boolean => numbers > 0 && textCells === 0;
  for (const wanted of [...stepNames, ...epochNames, ...indexNames, 'time']) {
    const found = names.findIndex((name, c) => name === wanted && usable(columns[c]));
    if (found >= 0) return found;
  }
  return -1;
}

function roleOf({ name, numbers, textCells }: Column, plain: string, all: ReadonlySet<string>): ColumnRole {
  const text = numbers === 0 && textCells > 0;
  // The only column is what was meant, whatever its name.
  if (all.size === 1) return text ? 'text' : 'curve';
  if (rangeEnd.test(name) && all.has(name.replace(rangeEnd, ''))) return 'a range';
  if (oneSeriesClock.test(name) || stepNames.includes(plain)) return 'another clock';
  if (epochNames.includes(plain)) return 'an epoch';
  if (indexNames.includes(plain)) return 'an index';
  if (timeNames.includes(plain)) return 'a time';
  return text ? 'text' : 'curve';
}
