import { Command } from 'commander';
import { weightsJson } from '../../weights/weights-json.ts';
import { examineWeights } from '../../workbench/examine-weights.ts';
import type { WrittenWeights } from '../../workbench/weights-store.ts';
import { shellWordHere } from '../command-line.ts';
import { describeWeights } from '../describe-weights.ts';
import { wholeNumber, wholeNumbers } from '../option-values.ts';
import { withProgress } from '../progress.ts';
import { type StyleFlag, styleOption } from '../style-option.ts';
import { print, printJson } from '../terminal.ts';
import { type Splits, splits } from '../weights-options.ts';

interface WeightsFlags extends StyleFlag {
  readonly out?: string;
  readonly split: Splits;
  readonly twin: boolean;
  readonly seed: number;
  readonly steps?: readonly number[];
  readonly threads: number;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function weightsCommand(): Command {
  return new Command('weights')
    .description(
      'Examine the weight matrices of saved models: ranks, tail exponents, spikes, randomized twins',
    )
    .argument(
      '<checkpoints...>',
      '.safetensors, .pt, .pth, .bin or .ckpt files, indices of shards, or folders with one model',
    )
    .option(
      '-o, --out <folder>',
      'write table, JSON, figure and page there, and of several checkpoints a study',
    )
    .option(
      '--split <parts>',
      'comma-separated: taps, experts, qkv (or qkv=Q,K,V); each a matrix of its own',
      splits,
      {},
    )
    .option('--no-twin', 'without the comparison with a randomized twin, which takes half of the time')
    .option('--seed <number>', 'seed of the twins', wholeNumber(0), 0)
    .option(
      '--steps <list>',
      'training steps of the checkpoints, where their names do not say them',
      wholeNumbers,
    )
    .option('--threads <number>', 'threads for products of matrices', wholeNumber(1), 1)
    .addOption(styleOption())
    .option('--overwrite', 'replace a study that is already in the folder')
    .option('-q, --quiet', 'no progress')
    .option('--json', 'print every matrix as JSON, singular values with it')
    .addHelpText(
      'after',
      `
Reads float64, float32, float16, bfloat16 and float8, one matrix at a time. Tied weights count once, a convolution is one
matrix [out, in × positions]. α is fitted as WeightWatcher 0.7.7 fits it; docs/weights.md says what each number means.

Examples:
  $ rankscope weights model.safetensors
  $ rankscope weights model.safetensors.index.json --split qkv,experts --json | jq '.checkpoints[].matrices[].alpha'
  $ rankscope weights checkpoint-100 checkpoint-200 checkpoint-300 --out my-weights

Exit codes: 0 done, 2 a checkpoint or the command line cannot be used.`,
    )
    .action(async (paths: string[], flags: WeightsFlags) => {
      const { split, threads } = flags;
      const options = { split, threads, twinSeed: flags.twin ? flags.seed : null, steps: flags.steps };
      const measured = await withProgress(flags.quiet, (onProgress) =>
        examineWeights(paths, { ...options, onProgress }),
      );
      const { writeWeights } = await import('../../workbench/weights-store.ts');
      const written = flags.out === undefined ? null : await writeWeights(flags.out, measured, flags);
      if (flags.json) printJson(weightsJson(measured));
      else print([describeWeights(measured), ...linesOf(written)].join('\n'));
    });
}

function linesOf(written: WrittenWeights | null): string[] {
  if (written === null) return [];
  const { page, study } = written;
  return [
    '',
    `Page: ${page}`,
    ...(study === null ? [] : [`Study: rankscope analyze ${shellWordHere(study)} --metric stable_rank.raw`]),
  ];
}
