import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import type { Column } from './column.ts';
import { columnRoles, plainName } from './column-roles.ts';
import type { RowTable } from './table.ts';

/** What a column may have beside curves; as `--columns` names it. */
export const tableRoles = [
  'step',
  'run',
  'layer',
  'metric',
  'value',
  'kind',
  'architecture',
  'dataset',
  'seed',
] as const;
export type TableRole = (typeof tableRoles)[number];

/** Under which names columns are found without being told. */
const names: Readonly<Record<Exclude<TableRole, 'step'>, readonly string[]>> = {
  run: [
    'run',
    'run_id',
    'run_name',
    'run_uuid',
    'run.hash',
    'run_hash',
    'experiment_name',
    'trial',
    'trial_id',
  ],
  layer: ['layer', 'layer_name', 'module', 'module_name', 'block'],
  metric: ['metric', 'metric_name', 'metric.name', 'tag', 'key', 'variable'],
  value: ['value', 'metric.value', 'metric_value', 'scalar'],
  kind: ['kind', 'layer_kind', 'layer_type', 'module_type'],
  architecture: ['architecture', 'arch', 'arch_name', 'model', 'model_name'],
  dataset: ['dataset', 'dataset_name', 'data'],
  seed: ['seed', 'random_seed'],
};

/** The columns of a table by what they have. */
export interface NamedColumns {
  readonly roles: Readonly<Partial<Record<TableRole, Column>>>;
  /** One curve each; of layers where there is a column of layers. */
  readonly curves: readonly Column[];
  /** Which column was taken for what, and what was left out. */
  readonly notes: readonly string[];
}

/**
 * Finds out what each column has: as it was said, or by its name.
 *
 * @throws InputError if a column that was named is not there, or a role is none.
 */
export function namedColumns(
  table: RowTable,
  file: string,
  asked: Readonly<Record<string, string>> = {},
): NamedColumns {
  const { columns } = table;
  const roles: Partial<Record<TableRole, Column>> = {};
  for (const [role, name] of Object.entries(asked)) {
    if (!(tableRoles as readonly string[]).includes(role)) {
      throw new InputError({ field: '--columns', value: role, allowed: oneOf(role, tableRoles) });
    }
    const column = columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      const allowed = oneOf(
        name,
        columns.map((candidate) => candidate.name),
      );
      throw new InputError({ file, field: `--columns ${role}`, value: name, allowed });
    }
    roles[role as TableRole] = column;
  }
  const isTaken = (column: Column): boolean => Object.values(roles).includes(column);
  for (const [role, known] of Object.entries(names) as [Exclude<TableRole, 'step'>, readonly string[]][]) {
    if (roles[role] !== undefined) continue;
    const found = columns.find((column) => known.includes(plainName(column.name)) && !isTaken(column));
    if (found !== undefined) roles[role] = found;
  }
  // A table of values needs the name of what they are, or is one that has a curve called value.
  if (roles.metric === undefined && asked.value === undefined) delete roles.value;
  if (roles.value === undefined && asked.metric === undefined) delete roles.metric;
  const others = columns.filter((column) => !isTaken(column) || column === roles.step);
  const asking = roles.step === undefined ? undefined : others.indexOf(roles.step);
  const found = columnRoles(others, asking, roles.value !== undefined);
  const steps = others[found.indexOf('steps')];
  if (steps !== undefined) roles.step = steps;
  const leftOut = others.flatMap(({ name }, c) =>
    found[c] === 'steps' || found[c] === 'curve'
      ? []
      : [`${name || 'the column without a name'} (${found[c]})`],
  );
  const taken = tableRoles.flatMap((role) => {
    const column = roles[role];
    return column === undefined ? [] : [`${role} from ${column.name || 'the column without a name'}`];
  });
  return {
    roles,
    curves: roles.value === undefined ? others.filter((_, c) => found[c] === 'curve') : [],
    notes: [
      `columns: ${taken.join(', ')}${roles.step === undefined ? '; rows counted as steps' : ''}`,
      ...(leftOut.length === 0 ? [] : [`no curves: ${leftOut.slice(0, 20).join(', ')}`]),
    ],
  };
}
