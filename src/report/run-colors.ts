import type { ReportInput } from './types.ts';

/** How runs are told apart by color in a figure of all of them. */
export interface RunColors {
  /** Title of the legend. */
  readonly legend: string;
  readonly group: (runId: string) => string;
}

/** Colors that can be told from one another. */
const mostColors = 8;

/** By what differs most coarsely between the runs, in few enough groups: data set, architecture, condition; else one color for all. */
export function runColors({ runs, analysis }: Pick<ReportInput, 'runs' | 'analysis'>): RunColors {
  const conditions = new Map(
    analysis.seedGroups.flatMap(({ conditions, runs: ids }) => ids.map((id) => [id, conditions] as const)),
  );
  const byId = new Map(runs.map((run) => [run.id, run]));
  const choices: readonly RunColors[] = [
    { legend: 'Data set', group: (id) => byId.get(id)?.dataset ?? id },
    { legend: 'Architecture', group: (id) => byId.get(id)?.architecture ?? id },
    { legend: 'Condition', group: (id) => conditions.get(id) ?? 'one seed' },
  ];
  const tells = ({ group }: RunColors): boolean => {
    const groups = new Set(runs.map(({ id }) => group(id))).size;
    return groups > 1 && groups <= mostColors;
  };
  return choices.find(tells) ?? choices[0];
}
