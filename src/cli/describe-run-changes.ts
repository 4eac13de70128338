import type { HoldingRunChanges } from '../dynamics/run-changes/changes-that-hold.ts';
import { sentencesOfRun } from '../dynamics/run-changes/sentences.ts';
import type { RunChanges } from '../dynamics/run-changes/types.ts';
import { plainLine } from '../errors/plain-text.ts';
import { nameOfGroup } from '../findings/seed-groups.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import { counted, someOf } from '../wording/sentences.ts';

/** More lines than that are for a table. */
const mostLines = 40;

/** When runs as a whole changed: a line for every change, first of seeds together, then of single runs. */
export function describeRunChanges({ runs, seedGroups, heldRunChanges, alpha }: StudyAnalysis): string[] {
  const { inRuns, overSeeds } = heldRunChanges;
  const together = seedGroups.flatMap((group) =>
    linesOf(
      `${nameOfGroup(group)} (${counted(group.runs.length, 'seed')} together)`,
      group.runChanges,
      overSeeds,
    ),
  );
  const single = runs.flatMap(({ runId, runChanges }) => linesOf(runId, runChanges, inRuns));
  const lines = [...together, ...single];
  const more = lines.length - mostLines;
  return [
    ...lines.slice(0, mostLines).map((line) => plainLine(line)),
    ...(more > 0 ? [`… and ${counted(more, 'line')} more: run_changes.csv has them all`] : []),
    ...(overSeeds === null
      ? []
      : [countsOf('Groups of seeds that changed together', 'group', overSeeds, seedGroups, alpha)]),
    countsOf('Runs that changed as a whole', 'run', inRuns, runs, alpha),
  ];
}

/** Nothing where nothing changed: that is counted. */
function linesOf(name: string, result: RunChanges, held: HoldingRunChanges | null): string[] {
  if (!result.testable || result.changes.length === 0) return [];
  return sentencesOfRun(result, { threshold: held?.threshold }).map((sentence) => `${name}: ${sentence}`);
}

function countsOf(
  subject: string,
  unit: string,
  { tested, changed, holding, rate }: HoldingRunChanges,
  all: readonly { readonly runChanges: RunChanges }[],
  alpha: number,
): string {
  const reasons = all.flatMap(({ runChanges }) => (runChanges.testable ? [] : [runChanges.reason]));
  return plainLine(
    [
      `${subject}: ${changed} of ${tested} tested (alpha ${alpha} a ${unit})`,
      ...(changed === 0
        ? []
        : [
            `${holding === 0 ? 'none holds' : `${holding} ${holding === 1 ? 'holds' : 'hold'}`} at a false discovery rate of ${rate} over all of them`,
          ]),
      ...(reasons.length === 0 ? [] : [`${reasons.length} not testable (${someOf(reasons, 2)})`]),
    ].join('; '),
  );
}
