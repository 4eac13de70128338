import { InputError } from '../errors/input-error.ts';
import { createModel } from '../models/create-model.ts';
import type { Model } from '../models/model.ts';
import { type DatasetShape, teacherOf } from './dataset-store.ts';
import type { RunPlan } from './run-plan.ts';

/**
 * The network of a planned run, for the examples of its data set.
 *
 * @throws InputError if it cannot take them.
 */
export function planModel(
  plan: RunPlan,
  shape: Pick<DatasetShape, 'exampleShape' | 'classes' | 'vocabulary' | 'labelsPerExample'>,
): Model {
  const { architecture, architectureName: name, dataset } = plan;
  const { exampleShape, classes, vocabulary, labelsPerExample = 1 } = shape;
  const everyPosition = labelsPerExample > 1;
  const input = { exampleShape, classes, name, vocabulary, everyPosition, teacher: teacherOf(plan) };
  if (vocabulary === null) return createModel(architecture, input);
  if (architecture.family === 'transformer') return createModel({ ...architecture, vocabulary }, input);
  const takesWords =
    architecture.family === 'decoder' ||
    (architecture.family === 'mlp' && architecture.embedding !== undefined);
  if (takesWords) return createModel(architecture, input);
  throw new InputError({
    field: `architecture ${name}`,
    value: architecture.family,
    allowed: `a transformer, a decoder, or an MLP with an embedding, since the examples of ${dataset} are words (those of ag_news are numbers)`,
  });
}
