import { plainLine } from '../errors/plain-text.ts';
import { withPath } from '../files/with-path.ts';
import { diskFull } from '../study/disk-full.ts';
import type { RunElsewhere, TrainedStudy } from '../study/execute-study.ts';
import { failed } from '../study/run-pool.ts';
import type { StudyFile } from '../study/study-file.ts';
import { someOf } from '../wording/sentences.ts';
import { trainStudy } from '../workbench/train-study.ts';
import { commandLine } from './command-line.ts';
import { firstOf, mostListed } from './first-of.ts';
import { exitCodeAfter, type Interruption, interruptible } from './interruption.ts';
import { printable } from './printable.ts';
import { progressBars } from './progress.ts';
import { formatTable } from './table.ts';
import { printError } from './terminal.ts';

export interface TrainingFlags {
  readonly workers: number;
  readonly overwrite?: boolean;
  readonly quiet?: boolean;
}

/** What a training came to, and the signal that ended it early, if one did. */
export interface TrainingEnd {
  readonly trained: TrainedStudy;
  readonly interruption: Interruption | null;
}

/**
 * Trains with a progress bar on the terminal, until it is done or interrupted.
 *
 * @param train once, or in two passes.
 */
export async function trainWithProgress(
  study: StudyFile,
  directory: string,
  { workers, overwrite, quiet = false }: TrainingFlags,
  train: typeof trainStudy = trainStudy,
): Promise<TrainingEnd> {
  const say = (text: string): void => {
    if (!quiet) printError(text);
  };
  const bar = progressBars(quiet);
  try {
    const { result, interruption } = await interruptible(
      (signal) =>
        train(study, directory, {
          workers,
          overwrite,
          signal,
          onProgress: bar.update,
          onElsewhere: (runs) => say(`Trained by other processes: ${listElsewhere(runs)}.`),
        }),
      (atOnce) => {
        bar.stop();
        if (!atOnce) say('Finishing the step of every run, and saving it. Interrupt again to stop at once.');
      },
    );
    return { trained: result, interruption };
  } catch (error) {
    throw withPath(error, directory);
  } finally {
    bar.stop();
  }
}

/**
 * Says what is left to do and how, and sets the exit code.
 *
 * @returns whether every run of the study has ended.
 */
export function concludeTraining({ trained, interruption }: TrainingEnd, directory: string): boolean {
  const { outcomes, elsewhere, waiting } = trained;
  const unfinished = outcomes.filter((outcome) => outcome.unfinished);
  const open = unfinished.length + waiting.length;
  if (open + elsewhere.length === 0) return true;
  process.exitCode = interruption === null ? 1 : exitCodeAfter(interruption);
  const lines: string[] = [];
  if (unfinished.some(({ stopped }) => stopped === diskFull)) {
    lines.push(`There is no room left on the disk that holds ${printable(directory)}: free some first.`);
  }
  const failures = firstOf(
    unfinished.filter(({ stopped }) => stopped?.startsWith(failed)),
    elsewhereListed,
  );
  for (const { id, stopped } of failures.shown) lines.push(plainLine(`${id} ${stopped}`, longestReason));
  lines.push(...failures.more);
  if (elsewhere.length > 0) lines.push(`Left to other processes: ${listElsewhere(elsewhere)}.`);
  if (open > 0) {
    lines.push(`To go on with ${open === 1 ? 'the run that is' : `the ${open} runs that are`} left:`);
    lines.push(`  ${commandLine(process, ['--overwrite'])}`);
  }
  printError(lines.join('\n'));
  return false;
}

/** What is said of why a run failed, at most. */
const longestReason = 400;

/** A table of the runs of a study that was just trained; of many, those that have not ended ahead of the others. */
export function describeOutcomes({ outcomes, kept, elsewhere, waiting, remarks }: TrainedStudy): string {
  const rowsOf = (some: TrainedStudy['outcomes']) =>
    some.map(({ id, accuracy, stopped }) => [
      id,
      accuracy === null ? '–' : accuracy.toFixed(3),
      stopped ?? 'complete',
    ]);
  const open = [
    ...elsewhere.map(({ id, holder }) => [id, '–', `with ${holder}`]),
    ...waiting.map((id) => [id, '–', 'not begun']),
  ];
  const isMany = outcomes.length + open.length > mostListed;
  const [left, ended] = [true, false].map((is) => outcomes.filter(({ unfinished }) => unfinished === is));
  const rows = firstOf(
    isMany ? [...rowsOf(left), ...open, ...rowsOf(ended)] : [...rowsOf(outcomes), ...open],
    elsewhereListed,
  );
  const notes = firstOf(
    [...remarks, ...outcomes.flatMap(({ id, remarks: own }) => own.map((remark) => `${id}: ${remark}`))],
    elsewhereListed,
  );
  return [
    rows.shown.length === 0
      ? 'Nothing left to train.'
      : formatTable(['run', 'accuracy', 'outcome'], rows.shown),
    ...rows.more,
    ...(kept.length === 0 ? [] : [`Kept from an earlier call: ${kept.length}.`]),
    ...notes.shown,
    ...notes.more,
  ].join('\n');
}

/** Where all runs of a study stand, however many. */
const elsewhereListed = 'rankscope status and show list all';

/** Names in a sentence. */
const mostNames = 20;

/** E.g. `a, b (process 4711 on node07)`. */
function listElsewhere(runs: readonly RunElsewhere[]): string {
  const holders = [...new Set(runs.map(({ holder }) => holder))];
  return holders
    .map((holder) => {
      const ids = runs.filter((run) => run.holder === holder).map(({ id }) => id);
      return `${someOf(ids, mostNames)} (${holder})`;
    })
    .join('; ');
}
