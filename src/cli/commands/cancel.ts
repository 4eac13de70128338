import { Command } from 'commander';
import { isAlive } from '../../cluster/run-tasks.ts';
import { readManifest } from '../../measurements/study-store.ts';
import { counted } from '../../wording/sentences.ts';
import { readSubmissions } from '../../workbench/cluster-store.ts';
import { shellWordHere } from '../command-line.ts';
import { cancelJobs, taskStates } from '../slurm.ts';
import { print } from '../terminal.ts';

export function cancelCommand(): Command {
  return new Command('cancel')
    .description('Take a study’s tasks off the cluster; those that run save where they are')
    .argument('<study>', 'folder of the study')
    .addHelpText(
      'after',
      `
What has been trained stays. rankscope resume goes on with it.

Example:
  $ rankscope cancel my-study

Exit codes: 0 canceled, or nothing was there to cancel; 1 the scheduler refused; 2 the folder holds no study.`,
    )
    .action(async (study: string) => {
      readManifest(study);
      const submitted = readSubmissions(study).map(({ job }) => job);
      const states = (await taskStates(submitted)).filter(isAlive);
      const jobs = [...new Set(states.map(({ job }) => job))];
      if (jobs.length > 0) await cancelJobs(jobs);
      print(
        jobs.length === 0
          ? 'No task of the study is in the queue.'
          : `Canceled: ${counted(states.length, 'task')} of job ${jobs.join(', ')}. To go on: rankscope resume ${shellWordHere(study)}`,
      );
    });
}
