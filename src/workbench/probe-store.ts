import { resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { openRun } from '../measurements/log-store.ts';
import { clearStudy, createStudy, existsStudy, noteEndedLogs } from '../measurements/study-store.ts';
import { weightsAtStep } from '../probe/checkpoint-weights.ts';
import { readArrays, readLabels, readModel } from '../probe/input-store.ts';
import { probeExports } from '../probe/probe-exports.ts';
import { type Probed, probeModel } from '../probe/probe-model.ts';
import type { ProbeOptions } from '../probe/probe-options.ts';
import { checkpointsAt, openCheckpointFiles, stepSaid } from '../weights/checkpoint-store.ts';
import type { OnProgress } from './progress.ts';
import { tool } from './provenance.ts';

export interface ProbeCheckpointsOptions
  extends Partial<Pick<ProbeOptions, 'nodes' | 'samples' | 'logits' | 'optimization' | 'threads'>> {
  /** The run's id; `probe` if absent. */
  readonly run?: string;
  /** File with the class of every example, for accuracy and loss at each checkpoint. */
  readonly labels?: string;
  /** Training steps of the checkpoints in the order of their names, where they do not say them. */
  readonly steps?: readonly number[];
  /** Replace a study that is already in the directory. */
  readonly overwrite?: boolean;
  /** Checkpoints measured. */
  readonly onProgress?: OnProgress;
}

/**
 * Measures the layers of a network at its saved checkpoints through an ONNX file, into a study. All or nothing: it is
 * written once everything has been measured.
 *
 * @param model the network as `.onnx`.
 * @param checkpoints a folder of weights, or of one `.onnx` per step; or one of them.
 * @param inputs the examples: `.npy`, `.npz`, `.safetensors` or IDX.
 * @param directory where the study goes.
 * @returns what matched how, what was measured, and what was not.
 * @throws InputError where a weight is not accounted for, a file cannot be used, or the replay fails.
 * @example
 * const { replay } = await probeCheckpoints('model.onnx', 'checkpoints', 'inputs.npy', 'probed-study');
 * replay; // { checked: true, equal: true, largest: 0 }
 */
export async function probeCheckpoints(
  model: string,
  checkpoints: string,
  inputs: string,
  directory: string,
  options: ProbeCheckpointsOptions = {},
): Promise<Probed> {
  if (existsStudy(directory) && !options.overwrite) clearStudy(directory, options);
  const probed = await probe(model, checkpoints, inputs, options);
  const { header, records, evaluations, notes } = probed;
  const { optimization = 'disabled', nodes = null } = options;
  createStudy(
    directory,
    {
      schemaVersion: 2,
      tool,
      title: `Probe of ${model}`,
      origin: 'probed',
      source: probed.matching === null ? 'ONNX models' : 'ONNX model and checkpoints',
      settings: { optimization, nodes },
      machine: {},
      runs: [header.id],
      notes,
    },
    options,
  );
  const log = openRun(directory, header, options);
  for (const record of records) log.writeStep(record);
  for (const evaluation of evaluations) log.writeEvaluation(evaluation);
  log.end('complete');
  noteEndedLogs(directory);
  return probed;
}

async function probe(
  model: string,
  folder: string,
  inputs: string,
  { run = 'probe', labels, steps, onProgress, ...options }: ProbeCheckpointsOptions,
): Promise<Probed> {
  const paths = withoutModel(checkpointsAt(folder), model);
  const settings: ProbeOptions = {
    id: run,
    nodes: options.nodes ?? null,
    samples: options.samples ?? null,
    labels: labels === undefined ? null : readLabels(labels),
    logits: options.logits ?? null,
    optimization: options.optimization ?? 'disabled',
    threads: options.threads ?? 1,
    onCheckpoint: (done, what) => onProgress?.({ stage: 'probing', done, total: paths.length, what }),
  };
  const known = (path: string, index: number, own: number | null): number => {
    const step = steps?.[index] ?? own;
    if (step !== null) return step;
    throw new InputError({
      file: path,
      allowed: 'a name that says the training step (checkpoint-500, model_step_500.pt), or --steps',
    });
  };
  if (paths.every(isModel)) {
    const exports = paths.map((path, i) => ({
      path,
      step: known(path, i, stepSaid(path)),
      read: () => readModel(path),
    }));
    return probeExports({ exports, inputs: readArrays(inputs) }, settings);
  }
  const opened = paths.map((path, i) => {
    const { step, tensors } = openCheckpointFiles(path);
    const checkpoint = weightsAtStep(path, known(path, i, step), tensors);
    if (checkpoint.weights.size > 0) return checkpoint;
    throw new InputError({ file: path, value: 'no weights', allowed: 'a checkpoint that holds some' });
  });
  return probeModel({ ...readModel(model), checkpoints: opened, inputs: readArrays(inputs) }, settings);
}

const isModel = (path: string): boolean => path.endsWith('.onnx');

/** The exported model may lie among the checkpoints; it is no checkpoint beside others that are weights. */
function withoutModel(paths: readonly string[], model: string): readonly string[] {
  const others = paths.filter((path) => resolve(path) !== resolve(model));
  return others.length > 0 && !others.every(isModel) ? others : paths;
}
