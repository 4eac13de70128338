import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { withPath } from '../../files/with-path.ts';
import { trainTask } from '../../workbench/study-to-train.ts';
import { interruptible } from '../interruption.ts';
import { wholeNumber } from '../option-values.ts';
import { progressBars } from '../progress.ts';
import { print, printError, printJson } from '../terminal.ts';
import { concludeTraining, describeOutcomes, type TrainingEnd } from '../training.ts';

interface RunTaskFlags {
  readonly index?: number;
  readonly of?: number;
  readonly workers: number;
  readonly wait: number;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Where array runners tell a task its number, from 0. */
const indexVariables = ['SLURM_ARRAY_TASK_ID', 'JOB_COMPLETION_INDEX'];

export function runTaskCommand(): Command {
  return new Command('run-task')
    .description('Train one task’s share of a study that was begun: for array jobs of any kind')
    .argument('<study>', 'folder of the study (begun by rankscope submit, also with --dry-run, or by train)')
    .option(
      '--index <number>',
      `number of the task, from 0 (default: from ${indexVariables.join(' or ')})`,
      wholeNumber(0),
    )
    .option(
      '--of <number>',
      'tasks there are: task i has run i, i + of, … (default: one for every run)',
      wholeNumber(1),
    )
    .option('--workers <number>', 'runs of the task trained side by side', wholeNumber(1), 1)
    .option('--wait <minutes>', 'how long to wait for a run that another process holds', wholeNumber(0), 5)
    .option('-q, --quiet', 'no progress and no table')
    .option('--json', 'print the outcome of every run as JSON')
    .addHelpText(
      'after',
      `
A task that is started again goes on from its last checkpoints. What a process held that was killed on another machine becomes free three
minutes later: --wait outlasts that. SIGTERM and Ctrl-C save and leave.

Examples:
  $ rankscope submit study.yaml --out my-study --dry-run       # begins the study
  $ rankscope run-task my-study --index 0
  $ seq 0 3 | parallel rankscope run-task my-study --of 4 --index {}

Exit codes: 0 every run of the task has ended, 1 some are left to do, 2 the input or the command line cannot be used,
130 and 143 interrupted.`,
    )
    .action(async (study: string, flags: RunTaskFlags) => {
      const end = await trainTaskWithProgress(study, flags);
      if (flags.json) printJson(end.trained, 2);
      else if (!flags.quiet) print(describeOutcomes(end.trained));
      concludeTraining(end, study);
    });
}

async function trainTaskWithProgress(
  study: string,
  { index = indexFromSurroundings(), of, workers, wait, quiet = false }: RunTaskFlags,
): Promise<TrainingEnd> {
  const bar = progressBars(quiet);
  const say = (text: string): void => {
    if (!quiet) printError(text);
  };
  try {
    const { result: trained, interruption } = await interruptible(
      (signal) =>
        trainTask(study, {
          index,
          of,
          workers,
          patience: wait * 60,
          signal,
          onProgress: bar.update,
          onWaiting: say,
        }),
      (atOnce) => {
        bar.stop();
        if (!atOnce) say('Finishing the step of every run, and saving it.');
      },
    );
    return { trained, interruption };
  } catch (error) {
    throw withPath(error, study);
  } finally {
    bar.stop();
  }
}

function indexFromSurroundings(): number {
  for (const name of indexVariables) {
    const value = process.env[name];
    if (value === undefined) continue;
    if (/^\d{1,9}$/.test(value)) return Number(value);
    throw new InputError({ field: name, value, allowed: 'the number of a task, from 0' });
  }
  throw new InputError({
    field: '--index',
    allowed: `the number of a task, or ${indexVariables.join(' or ')} set`,
  });
}
