import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { datasetNames } from '../../study/dataset-store.ts';
import { trainAroundChanges } from '../../workbench/train-around-changes.ts';
import { trainStudy } from '../../workbench/train-study.ts';
import { wholeNumber } from '../option-values.ts';
import { addStudyOptions, chooseStudy, type StudyFlags } from '../study-options.ts';
import { print, printJson } from '../terminal.ts';
import { concludeTraining, describeOutcomes, trainWithProgress } from '../training.ts';

interface TrainFlags extends StudyFlags {
  readonly out: string;
  readonly planFromFirstPass?: boolean;
  readonly workers: number;
  readonly overwrite?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train the networks of a study and log what is measured in every layer')
    .argument('[study-file]', 'YAML or JSON file that describes the study')
    .requiredOption('-o, --out <folder>', 'folder for the study; an interrupted one is continued');
  return addStudyOptions(command)
    .option(
      '--plan-from-first-pass',
      'train twice: the second pass, the same to the byte, saves checkpoints where the first one changed',
    )
    .option(
      '--workers <number>',
      'runs trained side by side, where memory allows',
      wholeNumber(1),
      availableParallelism(),
    )
    .option('--overwrite', 'replace a study that is already in the folder')
    .option('-q, --quiet', 'no progress and no table')
    .option('--json', 'print the outcome of every run as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ rankscope train --preset demo --out demo-study
  $ rankscope train study.yaml --out my-study --seeds 0-4
  $ rankscope train study.yaml --out looked-into --plan-from-first-pass
  $ rankscope train study.yaml --out looked-into --plan plan.json
  $ rankscope train --preset published --data data --substitute fashion_mnist=drawn_digits,qmnist=drawn_digits_2 --out again
  $ rankscope train --architectures mlp_narrow,mlp_wide --datasets mnist --data data/mnist --out mnist-study

A study file:
  title: Width of an MLP, and how fast it learns
  architectures: [mlp_narrow, {name: mine, family: mlp, hidden: [64, 32]}]
  datasets: [drawn_digits]        # or ${datasetNames.slice(1).join(', ')}
  dataFolder: data                # for the others
  seeds: [0, 1, 2]
  training: {steps: 2000, examples: 1500, batchSize: 32, optimizer: adamw, weightDecay: 0.01, schedule: cosine, warmup: 100}
  grid: {learningRate: [0.001, 0.01]}
  measurement: {every: 5, samples: 160, layers: published, pooling: features}
  evaluation: {every: 100, examples: 1000}
  weights: {every: 100}           # spectra of the weights, their tail exponents, how far they moved
  gradientNoise: {every: 100}     # and sharpness: {every: 500}, the largest curvature of the loss
  checkpoints: {every: 500, at: [0, 10, 1999]}

Ctrl-C (or SIGTERM) finishes the step of every run, saves it and prints the command that goes on; once more stops at once.
Several processes, on machines that share the folder, divide the runs among them: none takes what another holds.

Exit codes: 0 every run has ended, 1 some are left to do, 2 the input or the command line cannot be used,
130 and 143 interrupted.`,
    )
    .action(async (file: string | undefined, flags: TrainFlags) => {
      if (flags.plan !== undefined && flags.planFromFirstPass) {
        throw new InputError({
          field: '--plan',
          value: flags.plan,
          allowed: 'a plan or --plan-from-first-pass',
        });
      }
      const study = chooseStudy(file, flags);
      const train = flags.planFromFirstPass ? trainAroundChanges : trainStudy;
      const end = await trainWithProgress(study, flags.out, flags, train);
      if (flags.json) printJson(end.trained, 2);
      else if (!flags.quiet) print(`${describeOutcomes(end.trained)}\nStudy: ${flags.out}`);
      concludeTraining(end, flags.out);
    });
}
