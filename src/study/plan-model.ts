import { InputError } from '../errors/input-error.ts';
import { createModel } from '../models/create-model.ts';
import type { Model } from '../models/model.ts';
import type { DatasetShape } from './dataset-store.ts';
import type { RunPlan } from './run-plan.ts';

/**
 * The network of a planned run, for the examples of its data set.
 *
 * @throws InputError if it cannot take them.
 */
export function planModel(
  { architecture, architectureName: name, dataset }: RunPlan,
  { exampleShape, classes, vocabulary }: Omit<DatasetShape, 'count'>,
): Model {
  const input = { exampleShape, classes, name };
  if (vocabulary === null) return createModel(architecture, input);
  if (architecture.family !== 'transformer') {
    throw new InputError({
      field: `architecture ${name}`,
      value: architecture.family,
      allowed: `a transformer, since the examples of ${dataset} are words (those of ag_news are numbers)`,
    });
  }
  return createModel({ ...architecture, vocabulary }, input);
}
