import { InputError } from '../errors/input-error.ts';
import { losses, lossNames } from '../training/losses.ts';
import type { DatasetShape } from './dataset-store.ts';
import type { RunPlan } from './run-plan.ts';

/** @throws InputError if the loss of a run is not one for its data. */
export function assertLoss(
  { dataset, training: { loss = 'cross-entropy' } }: RunPlan,
  { isRegression, labelsPerExample = 1 }: DatasetShape,
): void {
  const takes = (name: keyof typeof losses): boolean => losses[name].takesNumbers;
  if (isRegression && !takes(loss)) {
    const allowed = `${lossNames.filter(takes).join(', ')}: ${dataset} asks for numbers, not classes`;
    throw new InputError({ field: 'training.loss', value: loss, allowed });
  }
  if (labelsPerExample > 1 && takes(loss)) {
    const allowed = `cross-entropy: ${dataset} asks for the next of some tokens at every position`;
    throw new InputError({ field: 'training.loss', value: loss, allowed });
  }
}
