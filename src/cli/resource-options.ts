import type { Command } from 'commander';
import type { Resources } from '../cluster/submission.ts';
import { wholeNumber } from './option-values.ts';

/** Options of commands that submit to a cluster. */
export interface ResourceFlags {
  readonly partition?: string;
  readonly time?: string;
  readonly cpus?: number;
  readonly mem?: string;
  readonly gres?: string;
  readonly arrayLimit?: number;
  readonly option?: readonly string[];
  readonly tasks?: number;
  readonly dryRun?: boolean;
}

export function addResourceOptions(command: Command): Command {
  return command
    .option('--partition <name>', 'as sbatch takes it')
    .option('--time <limit>', 'of one start of a task, e.g. 30 (minutes) or 4:00:00')
    .option(
      '--cpus <number>',
      'cores of a task, and runs that it trains side by side (default: 1)',
      wholeNumber(1),
    )
    .option('--mem <size>', 'memory of a task, e.g. 4G')
    .option('--gres <list>', 'e.g. gpu:1, where a partition is given out by it')
    .option('--array-limit <number>', 'tasks that run at the same time, at most', wholeNumber(1))
    .option(
      '--tasks <number>',
      'divide the runs among so many tasks (default: a task for every run)',
      wholeNumber(1),
    )
    .option(
      '--option <option>',
      'a further option of sbatch, e.g. --option=--account=lab; may be given several times',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option('--dry-run', 'write the script, submit nothing');
}

/** What the options say, and where they are silent, what the last submission said. */
export function resourcesOf(
  { partition, time, cpus, mem, gres, arrayLimit, option }: ResourceFlags,
  last?: Resources,
): Resources {
  const given = { partition, time, cpus, memory: mem, gres, arrayLimit, options: option };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { cpus: 1, options: [], ...last, ...said };
}
