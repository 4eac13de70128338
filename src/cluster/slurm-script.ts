import { InputError } from '../errors/input-error.ts';
import { shellWord } from '../formats/shell-word.ts';
import { indexRanges } from './index-ranges.ts';
import type { Resources } from './submission.ts';

export interface ArrayJob {
  /** What the queue shows it as. */
  readonly name: string;
  /** Folder that the tasks run in: paths of the study file are relative to it. */
  readonly workingFolder: string;
  /** Folder for what the tasks print, a file each. */
  readonly outputFolder: string;
  /** Program and arguments that train one task; the number of the task follows. */
  readonly command: readonly string[];
  readonly tasks: readonly number[];
  readonly resources: Resources;
}

/** Seconds before the time limit at which a task is told, to save where it is. */
const noticeSeconds = 60;

/**
 * The script of an array job, as `sbatch` takes it. A task that comes to its time limit is told a minute before, saves where
 * it is and puts itself back into the queue; one that is preempted or whose node dies is put back by SLURM. Either goes on
 * from the last checkpoint.
 *
 * @throws InputError for a folder whose name has a control character.
 */
export function slurmScript(job: ArrayJob): string {
  const { partition, time, cpus, memory, gres, arrayLimit, options } = job.resources;
  const limit = arrayLimit === undefined ? '' : `%${arrayLimit}`;
  const given = [
    `--job-name=${job.name}`,
    `--array=${indexRanges(job.tasks)}${limit}`,
    `--chdir=${job.workingFolder}`,
    `--output=${job.outputFolder.replaceAll('%', '%%')}/%A_%a.out`,
    '--open-mode=append',
    '--requeue',
    `--signal=B:USR1@${noticeSeconds}`,
    `--cpus-per-task=${cpus}`,
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(time === undefined ? [] : [`--time=${time}`]),
    ...(memory === undefined ? [] : [`--mem=${memory}`]),
    ...(gres === undefined ? [] : [`--gres=${gres}`]),
    ...options,
  ];
  return `#!/bin/bash
${given.map((option) => `#SBATCH ${directive(option)}`).join('\n')}

# One task of a study: it trains its share of the runs, and goes on with what an earlier start of it left.
${job.command.map(shellWord).join(' ')} "$SLURM_ARRAY_TASK_ID" &
task=$!

# Ahead of the time limit: save, and queue again. The shell must outlive the signal to do so.
again=
trap 'again=yes; kill -TERM "$task" 2>/dev/null' USR1
trap 'kill -TERM "$task" 2>/dev/null' TERM
while kill -0 "$task" 2>/dev/null; do
  wait "$task"
done
wait "$task"
code=$?
if [ -n "$again" ] && [ "$code" -ne 0 ]; then
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$code"
`;
}

/**
 * An option as a line of the script holds it: what is no plain word stands in quotes.
 *
 * @throws InputError for one that would end the line: the rest of it, of a folder's name perhaps, would be run.
 */
function directive(option: string): string {
  if (/\p{Cc}/u.test(option)) {
    throw new InputError({
      field: 'option of sbatch',
      value: option,
      allowed: 'names and paths without control characters',
    });
  }
  if (/^[\w@%+=:,./-]+$/.test(option)) return option;
  return `"${option.replace(/["\\]/g, '\\$&')}"`;
}
