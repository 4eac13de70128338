import { resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { weightsAtStep } from '../probe/checkpoint-weights.ts';
import { readArrays, readLabels, readModel } from '../probe/input-store.ts';
import type { ExportMaterial } from '../probe/probe-exports.ts';
import type { ProbeMaterial } from '../probe/probe-model.ts';
import type { ProbeOptions } from '../probe/probe-options.ts';
import { checkpointsAt, openCheckpointFiles, stepSaid } from '../weights/checkpoint-store.ts';
import type { OnProgress } from './progress.ts';

/** How a network is probed, as its user says it. */
export interface ProbeChoice
  extends Partial<Pick<ProbeOptions, 'nodes' | 'samples' | 'logits' | 'optimization' | 'threads'>> {
  /** The run's id; `probe` if absent. */
  readonly run?: string;
  /** File with the class of every example, for accuracy and loss at each checkpoint. */
  readonly labels?: string;
  /** Training steps of the checkpoints in the order of their names, where they do not say them. */
  readonly steps?: readonly number[];
  /** Checkpoints measured. */
  readonly onProgress?: OnProgress;
}

/**
 * Opens what a probe is given: a network with its checkpoints, or one export per step, and the examples.
 *
 * @throws InputError where a file cannot be used, or does not say its step.
 */
export function probeMaterial(
  model: string,
  folder: string,
  inputs: string,
  { run = 'probe', labels, steps, onProgress, ...options }: ProbeChoice,
): { readonly material: ExportMaterial | ProbeMaterial; readonly settings: ProbeOptions } {
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
    return { material: { exports, inputs: readArrays(inputs) }, settings };
  }
  const opened = paths.map((path, i) => {
    const { step, tensors } = openCheckpointFiles(path);
    const checkpoint = weightsAtStep(path, known(path, i, step), tensors);
    if (checkpoint.weights.size > 0) return checkpoint;
    throw new InputError({ file: path, value: 'no weights', allowed: 'a checkpoint that holds some' });
  });
  return { material: { ...readModel(model), checkpoints: opened, inputs: readArrays(inputs) }, settings };
}

const isModel = (path: string): boolean => path.endsWith('.onnx');

/** The exported model may lie among the checkpoints; it is no checkpoint beside others that are weights. */
function withoutModel(paths: readonly string[], model: string): readonly string[] {
  const others = paths.filter((path) => resolve(path) !== resolve(model));
  return others.length > 0 && !others.every(isModel) ? others : paths;
}
