import type { Run } from '../../measurements/types.ts';
import type { StudyCheckpoint } from './audit-context.ts';

/**
 * Why a checkpoint cannot be of this run, or null where it can: every measured layer must have a weight of its own name with
 * as many outputs as it has units, no layer more than those, and the parameters must add up, where the log says so.
 */
export function checkpointMisfit(run: Run, { tensors }: StudyCheckpoint): string | null {
  for (const { name, kind, features } of run.layers) {
    const weight = tensors.get(`${name}.weight`);
    if (weight === undefined) return `it has no weights of layer ${name}`;
    // Only where columns are units or channels do features count outputs; token columns do not.
    const countsOutputs = kind === 'linear' || kind === 'convolution' || kind === 'classifier';
    const tokens = run.family === 'transformer';
    if (countsOutputs && !tokens && features !== null && weight.shape[0] !== features) {
      return `its layer ${name} has ${weight.shape[0]} outputs, the run's has ${features}`;
    }
  }
  if (run.parameterCount !== null) {
    let parameters = 0;
    for (const { data } of tensors.values()) parameters += data.length;
    if (parameters !== run.parameterCount)
      return `it has ${parameters.toLocaleString('en')} parameters, the run has ${run.parameterCount.toLocaleString('en')}`;
  }
  return null;
}
