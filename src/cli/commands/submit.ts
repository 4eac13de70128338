import { Command, Option } from 'commander';
import { assertResources } from '../../cluster/submission.ts';
import { existsStudy } from '../../measurements/study-store.ts';
import { counted } from '../../wording/sentences.ts';
import { readSubmissions } from '../../workbench/cluster-store.ts';
import { beginStudy } from '../../workbench/study-to-train.ts';
import { type Submitted, submitRuns } from '../cluster.ts';
import { shellWordHere } from '../command-line.ts';
import { addResourceOptions, type ResourceFlags, resourcesOf } from '../resource-options.ts';
import { addStudyOptions, chooseStudy, type StudyFlags } from '../study-options.ts';
import { print, printJson } from '../terminal.ts';

interface SubmitFlags extends StudyFlags, ResourceFlags {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export function submitCommand(): Command {
  const command = new Command('submit')
    .description('Train a study on a cluster: an array job, whose tasks share the study’s folder')
    .argument('[study-file]', 'YAML or JSON file that describes the study')
    .requiredOption('-o, --out <folder>', 'folder for the study, which every node sees')
    .addOption(new Option('--engine <name>', 'what runs the tasks').choices(['slurm']).default('slurm'));
  return addResourceOptions(addStudyOptions(command))
    .option('--overwrite', 'replace a study that is already in the folder')
    .option('--json', 'print the job, its tasks and their runs as JSON')
    .addHelpText(
      'after',
      `
The study is begun here, then sbatch is given a script, which is kept in <folder>/cluster. Every task trains its share of the
runs (rankscope run-task): one run, unless --tasks says fewer tasks than there are runs. A task that comes to its time limit saves and
queues again; one that is preempted or killed goes on from its last checkpoint. No run is trained twice, whatever is submitted.

Given again, it submits what is left (so does rankscope resume).

Examples:
  $ rankscope submit study.yaml --out my-study --partition long --time 4:00:00 --cpus 2
  $ rankscope submit study.yaml --out my-study --tasks 50 --array-limit 10 --option=--account=lab
  $ rankscope submit study.yaml --out my-study --dry-run       # write the script, submit nothing
  $ rankscope status my-study

Exit codes: 0 submitted, or nothing is left; 1 the scheduler refused; 2 the input or the command line cannot be used.`,
    )
    .action(async (file: string | undefined, flags: SubmitFlags) => {
      // Before a study is begun with which nothing can be done then.
      assertResources(resourcesOf(flags));
      await beginStudy(chooseStudy(file, flags), flags.out, flags);
      await submitAndSay(flags.out, flags);
    });
}

export function resumeCommand(): Command {
  return addResourceOptions(
    new Command('resume')
      .description(
        'Submit again what is left of a study that was submitted: runs that have not ended and that no task has',
      )
      .argument('<study>', 'folder of the study'),
  )
    .option('--json', 'print the job, its tasks and their runs as JSON')
    .addHelpText(
      'after',
      `
What the tasks may use is as in the last submission, where options do not say otherwise.

Examples:
  $ rankscope resume my-study
  $ rankscope resume my-study --time 12:00:00 --mem 8G

Exit codes: 0 submitted, or nothing is left; 1 the scheduler refused; 2 the folder holds no study to train.`,
    )
    .action((study: string, flags: ResourceFlags & { readonly json?: boolean }) =>
      submitAndSay(study, flags),
    );
}

async function submitAndSay(
  directory: string,
  flags: ResourceFlags & { readonly json?: boolean },
): Promise<void> {
  const last = existsStudy(directory) ? readSubmissions(directory).at(-1) : undefined;
  const submitted = await submitRuns(directory, {
    resources: resourcesOf(flags, last?.resources),
    of: flags.tasks,
    dryRun: flags.dryRun,
  });
  if (flags.json) printJson(submitted, 2);
  else
    print(
      submitted === null
        ? 'Nothing left to submit: every run has ended or has a task.'
        : describe(directory, submitted),
    );
}

function describe(directory: string, { script, job, tasks, runs }: Submitted): string {
  const what = `${counted(runs.length, 'run')} in ${counted(tasks.length, 'task')}`;
  if (job === null) {
    // A job that rankscope did not submit is not in the study's records.
    return `Not submitted: ${what} (${script}).\nTo submit them: the same command without --dry-run. Of a job of your own sbatch status, logs and cancel know nothing.`;
  }
  return `Job ${job}: ${what} (${script}).\nTo see how far it is: rankscope status ${shellWordHere(directory)}`;
}
