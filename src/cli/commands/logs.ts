import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { readManifest } from '../../measurements/study-store.ts';
import { readOutputs } from '../../workbench/cluster-store.ts';
import { wholeNumber } from '../option-values.ts';
import { print } from '../terminal.ts';

interface LogsFlags {
  readonly lines: number;
}

export function logsCommand(): Command {
  return new Command('logs')
    .description('What the task of a run has printed on the cluster, of every submission')
    .argument('<study>', 'folder of the study')
    .argument('<run>', 'name of the run')
    .option('--lines <number>', 'the last lines of each', wholeNumber(1), 40)
    .addHelpText(
      'after',
      `
Example:
  $ rankscope logs my-study mlp_narrow_mnist_seed0

Exit codes: 0 done, 2 the study has no such run, or nothing of it was submitted.`,
    )
    .action((study: string, run: string, { lines }: LogsFlags) => {
      const { runs } = readManifest(study);
      const place = runs.indexOf(run);
      if (place < 0) throw new InputError({ field: 'run', value: run, allowed: oneOf(run, runs) });
      const outputs = readOutputs(study, place);
      if (outputs.length === 0) {
        throw new InputError({
          field: 'run',
          value: run,
          allowed: 'a run whose task has been started on the cluster',
        });
      }
      print(
        outputs
          .map(({ file, text }) => `${file}\n${text.trimEnd().split('\n').slice(-lines).join('\n')}`)
          .join('\n\n'),
      );
    });
}
