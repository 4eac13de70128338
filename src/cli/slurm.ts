import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SchedulerFault } from '../cluster/scheduler-fault.ts';
import {
  accountingFields,
  parseAccounting,
  parseLargestArray,
  parseQueue,
  parseSubmitted,
  queueFormat,
  type TaskState,
  tellsOfNoJob,
} from '../cluster/slurm-answers.ts';
import { plainLine } from '../errors/plain-text.ts';

const run = promisify(execFile);

/** Bytes of an answer at most; a queue of a hundred thousand tasks has some MB. */
const largestAnswer = 2 ** 27;

/** Arguments are handed over as they are: no shell reads them. */
async function ask(command: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(command, args, { maxBuffer: largestAnswer })).stdout;
  } catch (error) {
    const { code, stderr = '', message } = error as { code?: unknown; stderr?: string; message: string };
    if (code === 'ENOENT') {
      throw new SchedulerFault(`${command} is not here: give this command where SLURM's own are installed`);
    }
    throw new SchedulerFault(plainLine(`${command} refused: ${stderr.trim() || message}`, 1000));
  }
}

/** @returns the number of the job. */
export async function submitScript(script: string): Promise<string> {
  const answer = await ask('sbatch', ['--parsable', script]);
  const job = parseSubmitted(answer);
  if (job === null) throw new SchedulerFault(`sbatch told of no job: ${plainLine(answer, 200)}`);
  return job;
}

/** Tasks that one array may have by the cluster's configuration; SLURM's default where it does not say. */
export async function largestArray(): Promise<number> {
  return parseLargestArray(await ask('scontrol', ['show', 'config'])) ?? 1001;
}

/**
 * What the scheduler knows of the tasks of these jobs: those in its queue, and, where accounting is kept, those that have
 * ended.
 *
 * @throws SchedulerFault where its queue cannot be asked: no answer is not the answer that no task is there.
 */
export async function taskStates(jobs: readonly string[]): Promise<TaskState[]> {
  if (jobs.length === 0) return [];
  const queued = parseQueue(await askForQueue(jobs));
  const known = new Set(queued.map(({ job, task }) => `${job}_${task}`));
  const ended = parseAccounting(
    await ask('sacct', [
      '--array',
      '--allocations',
      '--noheader',
      '--parsable2',
      '--format',
      accountingFields,
      '--jobs',
      jobs.join(','),
    ]).catch(() => ''),
  );
  return [...queued, ...ended.filter(({ job, task }) => !known.has(`${job}_${task}`))];
}

async function askForQueue(jobs: readonly string[]): Promise<string> {
  try {
    return await ask('squeue', ['--array', '--noheader', '--format', queueFormat, '--jobs', jobs.join(',')]);
  } catch (error) {
    // A job that has long ended is an error to squeue.
    if (error instanceof SchedulerFault && tellsOfNoJob(error.message)) return '';
    throw error;
  }
}

export async function cancelJobs(jobs: readonly string[]): Promise<void> {
  await ask('scancel', jobs);
}
