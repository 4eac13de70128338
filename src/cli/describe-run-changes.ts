import { sentencesOfRun } from '../dynamics/run-changes/sentences.ts';
import type { RunChanges } from '../dynamics/run-changes/types.ts';
import { plainLine } from '../errors/plain-text.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import { counted, someOf } from '../wording/sentences.ts';

/** More lines than that are for a table. */
const mostLines = 40;

/** When runs as a whole changed: a line for every change, first of seeds together, then of single runs. */
export function describeRunChanges({ runs, seedGroups, alpha }: StudyAnalysis): string[] {
  const together = seedGroups.flatMap(({ architecture, dataset, conditions, runs: members, runChanges }) => {
    const name = [architecture, dataset, conditions].filter((part) => part !== '').join(', ');
    return linesOf(`${name} (${counted(members.length, 'seed')} together)`, runChanges);
  });
  const single = runs.flatMap(({ runId, runChanges }) => linesOf(runId, runChanges));
  const lines = [...together, ...single];
  const more = lines.length - mostLines;
  return [
    ...lines.slice(0, mostLines).map((line) => plainLine(line)),
    ...(more > 0 ? [`… and ${counted(more, 'line')} more: run_changes.csv has them all`] : []),
    runCounts(runs, alpha),
  ];
}

/** Nothing where nothing changed: that is counted. */
function linesOf(name: string, result: RunChanges): string[] {
  if (!result.testable || result.changes.length === 0) return [];
  return sentencesOfRun(result).map((sentence) => `${name}: ${sentence}`);
}

function runCounts(runs: StudyAnalysis['runs'], alpha: number): string {
  const tested = runs.flatMap(({ runChanges }) => (runChanges.testable ? [runChanges] : []));
  const changed = tested.filter(({ changes }) => changes.length > 0).length;
  const reasons = runs.flatMap(({ runChanges }) => (runChanges.testable ? [] : [runChanges.reason]));
  return plainLine(
    [
      `Runs that changed as a whole: ${changed} of ${tested.length} tested (alpha ${alpha} a run)`,
      ...(reasons.length === 0 ? [] : [`${reasons.length} not testable (${someOf(reasons, 2)})`]),
    ].join('; '),
  );
}
