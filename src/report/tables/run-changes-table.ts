import type { RunChange } from '../../dynamics/run-changes/types.ts';
import type { StudyAnalysis } from '../../findings/study-analysis.ts';
import { type Column, type Table, table } from '../../tables/table.ts';
import { changePlace } from './change-place.ts';

interface RunChangeRow {
  readonly members: readonly string[];
  readonly runs: number;
  readonly controls: number;
  readonly change: RunChange;
  readonly holds: boolean;
}

const columns: readonly Column<RunChangeRow>[] = [
  {
    name: 'run',
    type: 'text',
    meaning: 'the run; of seeds looked at together: all of them, with spaces between',
    of: ({ members }) => members.join(' '),
  },
  { name: 'runs', type: 'integer', meaning: 'runs looked at together', of: ({ runs }) => runs },
  {
    name: 'controls',
    type: 'integer',
    meaning: 'control runs compared with; 0 where with its own past',
    of: ({ controls }) => controls,
  },
  ...changePlace,
  {
    name: 'kind',
    type: 'text',
    meaning: 'change, or recovery: what only follows an earlier change',
    of: ({ change }) => change.kind,
  },
  {
    name: 'after',
    type: 'integer',
    unit: 'training steps',
    meaning: 'of a recovery: the change that it follows',
    of: ({ change }) => change.after,
  },
  {
    name: 'strength',
    type: 'number',
    unit: 'thresholds',
    meaning: 'how far the joint statistic goes beyond what alpha allows',
    of: ({ change }) => change.strength,
  },
  {
    name: 'p_value',
    type: 'number',
    unit: '0 to 1',
    meaning:
      'chance of anything as strong in a run in which nothing changes, in the worst null simulated; at least 0.0005',
    of: ({ change }) => change.pValue,
  },
  {
    name: 'holds',
    type: 'boolean',
    meaning:
      'whether it also holds over all runs of the study, or all groups of seeds, at the false discovery rate alpha',
    of: ({ holds }) => holds,
  },
  {
    name: 'quantity',
    type: 'text',
    meaning: 'over whose series it shows most: shape, size, velocity, pace or loss',
    of: ({ change }) => change.quantity,
  },
  {
    name: 'moved',
    type: 'texts',
    meaning: 'the series that moved, the strongest first: layer, name and by what it was multiplied',
    of: ({ change }) => change.moved.map(inWords),
  },
  {
    name: 'members',
    type: 'texts',
    meaning: 'the runs looked at together, one by one',
    of: ({ members }) => members,
  },
];

/** When runs as a whole changed, one row for each change: first of seeds looked at together, then of single runs. */
export function runChangesTable({ runs, seedGroups, heldRunChanges }: StudyAnalysis): Table {
  const { inRuns, overSeeds } = heldRunChanges;
  const results = [
    ...seedGroups.map(({ runs: ids, runChanges }) => ({
      members: ids,
      result: runChanges,
      threshold: overSeeds?.threshold ?? 0,
    })),
    ...runs.map(({ runId, runChanges }) => ({
      members: [runId],
      result: runChanges,
      threshold: inRuns.threshold,
    })),
  ];
  const rows = results.flatMap(({ members, result, threshold }) =>
    result.testable
      ? result.changes.map(
          (change): RunChangeRow => ({
            ...{ members, runs: result.runs, controls: result.controls, change },
            holds: change.pValue <= threshold,
          }),
        )
      : [],
  );
  return table('run_changes', 'one change of a run as a whole', columns, rows);
}

function inWords({ layer, name, before, after, score }: RunChange['moved'][number]): string {
  const subject = layer === null ? name : `${layer} ${name}`;
  if (before === null || after === null) return `${subject} ${score > 0 ? 'up' : 'down'}`;
  return `${subject} × ${Number((after / before).toPrecision(9))}`;
}
