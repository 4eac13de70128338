import { stepInName } from '../../checkpoints/training-step.ts';
import type { SourceFile } from '../importer.ts';

/** Where activations lie, by what their path says. */
export interface ActivationPlace {
  readonly file: SourceFile;
  /** Empty for the source itself. */
  readonly run: string;
  readonly step: number;
  /** Null where the file holds several layers under names of its own. */
  readonly layer: string | null;
}

export const activationFiles = /\.(?:npy|npz|safetensors)$/i;

/**
 * What a path says: `step_100/fc1.npy`, `run-a/step_100/fc1.npy`, `fc1/step_100.npy`, `run-a/step_100.npz`. Folders above the step are
 * a run, what is below it a layer; where the file itself is the step, a `.npy` is of the layer that its folder is named after.
 *
 * @returns null where no part of the path says a step.
 */
export function placeOf(file: SourceFile): ActivationPlace | null {
  const parts = file.name.replace(activationFiles, '').split('/');
  const isArray = /\.npy$/i.test(file.name);
  // The innermost part that says a step: `step_5` within `run_step_2`.
  const at = parts.findLastIndex((part) => stepInName(part) !== null);
  if (at < 0) return null;
  const step = stepInName(parts[at])!;
  const [before, after] = [parts.slice(0, at), parts.slice(at + 1)];
  if (!isArray) return { file, run: before.join('_'), step, layer: null };
  if (after.length > 0) return { file, run: before.join('_'), step, layer: after.join('.') };
  return { file, run: '', step, layer: before.join('.') || 'layer' };
}
