import type { Command } from 'commander';
import { InputError } from '../errors/input-error.ts';
import type { ProbedNetwork } from '../workbench/probed-readings.ts';
import { names, wholeNumber, wholeNumbers } from './option-values.ts';

/** Options of every command that runs a network of another program. */
export interface ProbeChoiceFlags {
  readonly nodes?: readonly string[];
  readonly labels?: string;
  readonly logits?: string;
  readonly samples?: number;
  readonly steps?: readonly number[];
}

export function addProbeOptions(command: Command): Command {
  return command
    .option(
      '--nodes <names>',
      'nodes, outputs or operators to measure (default: every MatMul, Gemm, Conv and attention)',
      names,
    )
    .option('--labels <file>', 'class of every example (.npy or IDX): accuracy and loss at each checkpoint')
    .option('--logits <output>', 'which output the labels are held against, where several could be')
    .option('--samples <number>', 'examples to take, from the first (default: all)', wholeNumber(2))
    .option(
      '--steps <list>',
      'training steps of the checkpoints in the order of their names, where those do not say them',
      wholeNumbers,
    );
}

/** Of commands that take the checkpoints of such a network in place of a study. */
export interface NetworkFlags extends ProbeChoiceFlags {
  readonly model?: string;
  readonly inputs?: string;
}

export function addNetworkOptions(command: Command): Command {
  const own = command
    .option(
      '--model <file>',
      'of checkpoints that another program saved: their network as .onnx (see rankscope probe)',
    )
    .option('--inputs <file>', 'the examples it is run on: .npy, .npz, .safetensors, or IDX');
  return addProbeOptions(own);
}

/**
 * The network that the options name; undefined where they name none.
 *
 * @throws InputError for options of a network without the network.
 */
export function networkOf({
  model,
  inputs,
  nodes,
  labels,
  logits,
  samples,
  steps,
}: NetworkFlags): ProbedNetwork | undefined {
  const choice = { nodes, labels, logits, samples, steps };
  if (model !== undefined && inputs !== undefined) return { model, inputs, ...choice };
  const given = Object.entries({ model, inputs, ...choice }).find(([, value]) => value !== undefined);
  if (given === undefined) return undefined;
  throw new InputError({
    field: `--${given[0]}`,
    allowed: '--model and --inputs together, with what belongs to them',
  });
}
