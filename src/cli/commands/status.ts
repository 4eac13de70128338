import { Command } from 'commander';
import type { WithTask } from '../../cluster/run-tasks.ts';
import { counted } from '../../wording/sentences.ts';
import type { RunProgress } from '../../workbench/study-to-train.ts';
import { clusterStatus } from '../cluster.ts';
import { firstOf } from '../first-of.ts';
import { formatTable } from '../table.ts';
import { print, printError, printJson } from '../terminal.ts';

interface StatusFlags {
  readonly all?: boolean;
  readonly json?: boolean;
}

export function statusCommand(): Command {
  return new Command('status')
    .description(
      'How far the runs of a study are: by its own records, and by the scheduler where there is one',
    )
    .argument('<study>', 'folder of the study')
    .option('--all', 'list the runs that have ended, too')
    .option('--json', 'print every run as JSON')
    .addHelpText(
      'after',
      `
The study’s records say which runs have ended and who trains which; squeue, and sacct where accounting is kept, say what the tasks
of submitted runs are at. Without them the records have to do.

Examples:
  $ rankscope status my-study
  $ rankscope status my-study --json | jq '.[] | select(.state != "ended")'

Exit codes: 0 every run has ended, 1 some have not, 2 the folder holds no study.`,
    )
    .action(async (study: string, { all, json }: StatusFlags) => {
      const { runs, fault } = await clusterStatus(study);
      if (fault !== null) printError(`Note: by the study’s own records alone; ${fault.message}`);
      if (runs.some(({ state }) => state !== 'ended')) process.exitCode = 1;
      if (json) printJson(runs, 2);
      else print(describeStatus(runs, all));
    });
}

/** How many runs are how far, and a table of those that have not ended. */
export function describeStatus(runs: readonly (RunProgress & WithTask)[], all = false): string {
  const count = (state: RunProgress['state']): number => runs.filter((run) => run.state === state).length;
  const states = ['ended', 'training', 'begun', 'not begun'] as const;
  const summary = `${counted(runs.length, 'run')}: ${states
    .filter((state) => state === 'ended' || count(state) > 0)
    .map((state) => `${count(state)} ${state === 'begun' ? 'begun and left' : state}`)
    .join(', ')}`;
  const listed = all ? runs : runs.filter(({ state }) => state !== 'ended');
  if (listed.length === 0) return summary;
  const { shown, more } = firstOf(listed, all ? null : '--all');
  const table = formatTable(
    ['run', 'state', 'task', 'of it the scheduler says'],
    shown.map((run) => [
      run.id,
      run.state === 'training' ? `with ${run.holder}` : run.state,
      run.task === null ? '–' : `${run.task.job}_${run.task.task}`,
      describeTask(run.task),
    ]),
  );
  return [summary, '', table, ...more].join('\n');
}

function describeTask(task: WithTask['task']): string {
  if (task === null) return '–';
  const { state, node, reason } = task;
  return [state.toLowerCase(), node === null ? '' : `on ${node}`, reason === null ? '' : `(${reason})`]
    .filter((part) => part !== '')
    .join(' ');
}
