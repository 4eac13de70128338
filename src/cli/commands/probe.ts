import { Command, Option } from 'commander';
import type { Optimization } from '../../training/session-model.ts';
import { probeCheckpoints } from '../../workbench/probe-store.ts';
import { shellWordHere } from '../command-line.ts';
import { describeProbe, matchingJson } from '../describe-probe.ts';
import { wholeNumber } from '../option-values.ts';
import { addProbeOptions, type ProbeChoiceFlags } from '../probe-options.ts';
import { withProgress } from '../progress.ts';
import { print, printJson } from '../terminal.ts';

interface ProbeFlags extends ProbeChoiceFlags {
  readonly out: string;
  readonly run: string;
  readonly optimization: Optimization;
  readonly threads: number;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function probeCommand(): Command {
  const command = new Command('probe')
    .description("Measure a network's layers at saved checkpoints, with an ONNX file of it exported once")
    .argument('<model>', 'the network as .onnx, with its weights')
    .argument(
      '<checkpoints>',
      'folder of checkpoints (.safetensors, .pt, .pth, .bin, .ckpt, shards, checkpoint-N/, or one .onnx per step), or one of them',
    )
    .argument('<inputs>', 'probe examples: .npy, .npz, .safetensors, or IDX')
    .requiredOption('-o, --out <folder>', 'folder for the study')
    .option('--run <id>', 'name of the run', 'probe');
  return addProbeOptions(command)
    .addOption(
      new Option(
        '--optimization <level>',
        'what ONNX Runtime may do to the graph; above disabled, bits may change',
      )
        .choices(['disabled', 'basic', 'extended', 'all'])
        .default('disabled'),
    )
    .option('--threads <number>', 'threads inside one operator', wholeNumber(1), 1)
    .option('--overwrite', 'replace a study that is already in the folder')
    .option('-q, --quiet', 'print nothing')
    .option('--json', 'print what matched how, and what was measured, as JSON')
    .addHelpText(
      'after',
      `
Each checkpoint's weights are written into the model's bytes; every weight must be accounted for, and a table says what
matched how. Where one of the checkpoints is the exported one, its outputs must equal the model's own (replay).

Example:
  $ rankscope probe model.onnx checkpoints/ inputs.npy --labels labels.npy --out my-study
  $ rankscope probe model.onnx checkpoints/ tokens.npy --nodes MatMul,/encoder/Add_output_0 --out my-study

Exit codes: 0 done, 2 the model, a checkpoint, the inputs or the command line cannot be used.`,
    )
    .action(async (model: string, checkpoints: string, inputs: string, flags: ProbeFlags) => {
      const probed = await withProgress(flags.quiet, (onProgress) =>
        probeCheckpoints(model, checkpoints, inputs, flags.out, { ...flags, onProgress }),
      );
      if (flags.json) printJson(matchingJson(probed));
      else if (!flags.quiet)
        print([describeProbe(probed), '', `Study: rankscope analyze ${shellWordHere(flags.out)}`].join('\n'));
    });
}
