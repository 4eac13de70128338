import { Command } from 'commander';
import { plainLine } from '../../errors/plain-text.ts';
import { runtimeProducts } from '../../training/session-products.ts';
import { openCheckpointFiles } from '../../weights/checkpoint-store.ts';
import { measureCheckpoint } from '../../weights/measure-checkpoint.ts';
import { weightMatrices } from '../../weights/weight-matrices.ts';
import { weightsJson } from '../../weights/weights-json.ts';
import type { ExaminedCheckpoint } from '../../weights/weights-table.ts';
import { describeWeights } from '../describe-weights.ts';
import { wholeNumber, wholeNumbers } from '../option-values.ts';
import { startProgress } from '../progress.ts';
import { print, printJson } from '../terminal.ts';
import { type Splits, splits } from '../weights-options.ts';

interface WeightsFlags {
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
      const measured = await measureAll(paths, flags);
      const { writeWeights } = await import('../write-weights.ts');
      const written = flags.out === undefined ? [] : await writeWeights(flags.out, measured, flags);
      if (flags.json) printJson(weightsJson(measured));
      else print([describeWeights(measured), ...written].join('\n'));
    });
}

async function measureAll(paths: readonly string[], flags: WeightsFlags): Promise<ExaminedCheckpoint[]> {
  const opened = paths.map((path, i) => {
    const { step, tensors } = openCheckpointFiles(path);
    return { path, step: flags.steps?.[i] ?? step, found: weightMatrices(tensors, flags.split) };
  });
  const total = opened.reduce((sum, { found }) => sum + found.matrices.length, 0);
  const progress = startProgress('Measuring', total, flags.quiet);
  const products = runtimeProducts(flags.threads);
  try {
    const measured: ExaminedCheckpoint[] = [];
    let before = 0;
    for (const { path, step, found } of opened) {
      const done = before;
      const checkpoint = await measureCheckpoint(found.matrices, products, {
        twinSeed: flags.twin ? flags.seed : null,
        onMatrix: (count, name) => progress.update(done + count, plainLine(name)),
      });
      measured.push({ checkpoint: path, step, skipped: found.skipped, ...checkpoint });
      before += found.matrices.length;
    }
    return measured;
  } finally {
    progress.stop();
    await products.close();
  }
}
