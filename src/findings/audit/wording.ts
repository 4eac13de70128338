import { counted } from '../../wording/sentences.ts';
import type { AuditContext } from './audit-context.ts';
import type { WeightedStatistic } from './cluster-bootstrap.ts';
import { countJumps, type RunJumps } from './jump-table.ts';
import { weightsOf } from './ratio-estimate.ts';

export function idsOf(context: AuditContext, positions: readonly number[]): string[] {
  return positions.map((i) => context.runs[i].id);
}

/** What the effect is without the runs that did no better than chance, if there are any among those that bear on it. */
export function withoutChance(
  { learned, runs }: AuditContext,
  bearing: readonly number[],
  statistic: WeightedStatistic,
  inWords: (value: number) => string,
): string[] {
  const atChance = bearing.filter((i) => !learned[i]).length;
  if (atChance === 0) return [];
  const value = statistic(
    weightsOf(
      bearing.filter((i) => learned[i]),
      runs.length,
    ),
  );
  return [`Without the ${counted(atChance, 'run')} at chance accuracy: ${inWords(value)}.`];
}

/** What the jumps rest on: how many layers could be tested at all. */
export function testedLayers({ jumps, runs, analysis }: AuditContext): string {
  const tested = jumps.reduce((sum, { layers }) => sum + layers.length, 0);
  const all = runs.reduce((sum, { layers }) => sum + layers.length, 0);
  const found = totalJumps(jumps);
  return `${analysis.detector} finds ${counted(found, 'jump')} in the ${tested} of ${all} layer series of ${analysis.seriesId} that it can test.`;
}

export function totalJumps(jumps: readonly RunJumps[]): number {
  return jumps.reduce((sum, run) => sum + countJumps(run), 0);
}
