import { Command, Option } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { plainLine } from '../../errors/plain-text.ts';
import { openRun } from '../../measurements/log-store.ts';
import { clearStudy, createStudy, existsStudy, noteEndedLogs } from '../../measurements/study-store.ts';
import { weightsAtStep } from '../../probe/checkpoint-weights.ts';
import { besideModel, readArrays, readLabels, readModel } from '../../probe/input-store.ts';
import { type Probed, probeModel } from '../../probe/probe-model.ts';
import type { Optimization } from '../../training/session-model.ts';
import { checkpointsAt, openCheckpointFiles } from '../../weights/checkpoint-store.ts';
import { tool } from '../../workbench/provenance.ts';
import { describeProbe, matchingJson } from '../describe-probe.ts';
import { names, wholeNumber, wholeNumbers } from '../option-values.ts';
import { startProgress } from '../progress.ts';
import { print, printJson } from '../terminal.ts';

interface ProbeFlags {
  readonly out: string;
  readonly run: string;
  readonly nodes?: readonly string[];
  readonly labels?: string;
  readonly samples?: number;
  readonly steps?: readonly number[];
  readonly optimization: Optimization;
  readonly threads: number;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function probeCommand(): Command {
  return new Command('probe')
    .description("Measure a network's layers at saved checkpoints, with an ONNX file of it exported once")
    .argument('<model>', 'the network as .onnx, with its weights')
    .argument(
      '<checkpoints>',
      'folder of checkpoints (.safetensors, .pt, .pth, .bin, .ckpt, shards, checkpoint-N/), or one of them',
    )
    .argument('<inputs>', 'probe examples: .npy, .npz, .safetensors, or IDX')
    .requiredOption('-o, --out <folder>', 'folder for the study')
    .option('--run <id>', 'name of the run', 'probe')
    .option(
      '--nodes <names>',
      'nodes, outputs or operators to measure (default: every MatMul, Gemm, Conv and attention)',
      names,
    )
    .option('--labels <file>', 'class of every example (.npy or IDX): accuracy and loss at each checkpoint')
    .option('--samples <number>', 'examples to take, from the first (default: all)', wholeNumber(2))
    .option(
      '--steps <list>',
      'training steps of the checkpoints in the order of their names, where those do not say them',
      wholeNumbers,
    )
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
      if (existsStudy(flags.out) && !flags.overwrite) clearStudy(flags.out, flags);
      const probed = await probe(model, checkpoints, inputs, flags);
      writeProbed(model, probed, flags);
      if (flags.json) printJson(matchingJson(probed));
      else if (!flags.quiet)
        print([describeProbe(probed), '', `Study: rankscope analyze ${flags.out}`].join('\n'));
    });
}

async function probe(model: string, folder: string, inputs: string, flags: ProbeFlags): Promise<Probed> {
  const bytes = readModel(model);
  const checkpoints = checkpointsAt(folder).map((path, i) => {
    const { step, tensors } = openCheckpointFiles(path);
    const known = flags.steps?.[i] ?? step;
    if (known === null || known === undefined) {
      throw new InputError({
        file: path,
        allowed: 'a name that says the training step (checkpoint-500, model_step_500.pt), or --steps',
      });
    }
    return weightsAtStep(path, known, tensors);
  });
  const progress = startProgress('Probing', checkpoints.length, flags.quiet);
  try {
    return await probeModel(
      { model: bytes, file: model, readBeside: besideModel(model), checkpoints, inputs: readArrays(inputs) },
      {
        id: flags.run,
        nodes: flags.nodes ?? null,
        samples: flags.samples ?? null,
        labels: flags.labels === undefined ? null : readLabels(flags.labels),
        optimization: flags.optimization,
        threads: flags.threads,
        onCheckpoint: (done, path) => progress.update(done, plainLine(path)),
      },
    );
  } finally {
    progress.stop();
  }
}

/** Writes the study once everything has been measured: nothing half-written. */
function writeProbed(
  model: string,
  { header, records, evaluations, notes }: Probed,
  flags: ProbeFlags,
): void {
  createStudy(
    flags.out,
    {
      schemaVersion: 2,
      tool,
      title: `Probe of ${model}`,
      origin: 'probed',
      source: 'ONNX model and checkpoints',
      settings: { optimization: flags.optimization, nodes: flags.nodes ?? null },
      machine: {},
      runs: [header.id],
      notes,
    },
    flags,
  );
  const log = openRun(flags.out, header, { overwrite: flags.overwrite });
  for (const record of records) log.writeStep(record);
  for (const evaluation of evaluations) log.writeEvaluation(evaluation);
  log.end('complete');
  noteEndedLogs(flags.out);
}
