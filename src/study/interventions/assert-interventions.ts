import { InputError } from '../../errors/input-error.ts';
import type { Model } from '../../models/model.ts';
import type { RunPlan } from '../run-plan.ts';
import type { Intervention } from './intervention-schema.ts';
import { layerParameters } from './layer-parameters.ts';

/** @throws InputError if an intervention asks for what the network or its data do not have. */
export function assertInterventions({ id, training, interventions = [] }: RunPlan, model: Model): void {
  for (const { at, set, data, inputs, freeze, reinitialize } of interventions) {
    const field = (what: string): string => `interventions of ${id} at ${at}: ${what}`;
    for (const layer of freeze === undefined || freeze === 'none' ? [] : [freeze].flat()) {
      layerParameters(model, layer, field('freeze'));
    }
    for (const layer of reinitialize === undefined ? [] : [reinitialize].flat()) {
      layerParameters(model, layer, field('reinitialize'));
    }
    if (inputs !== undefined && inputs !== 'original') assertInputs(inputs, model, field('inputs'));
    if (set?.batchSize !== undefined && set.batchSize > training.examples) {
      const allowed = `at most the ${training.examples} examples that are trained on`;
      throw new InputError({ field: field('set.batchSize'), value: set.batchSize, allowed });
    }
    if (data === undefined || data === 'all') continue;
    if ('examples' in data && data.examples > training.examples) {
      const allowed = `at most the ${training.examples} examples that are trained on`;
      throw new InputError({ field: field('data.examples'), value: data.examples, allowed });
    }
    const unknown = 'classes' in data ? data.classes.find((label) => label >= model.classes) : undefined;
    if (unknown !== undefined) {
      throw new InputError({
        field: field('data.classes'),
        value: unknown,
        allowed: `0 to ${model.classes - 1}`,
      });
    }
  }
}

function assertInputs(inputs: NonNullable<Intervention['inputs']>, model: Model, field: string): void {
  if (model.vocabulary !== null) {
    const value = typeof inputs === 'string' ? inputs : 'blank';
    throw new InputError({ field, value, allowed: 'data that are quantities, not words' });
  }
  if (typeof inputs === 'string') return;
  const size = model.exampleShape.reduce((product, extent) => product * extent, 1);
  const [first, last] = inputs.blank;
  if (first > last || last >= size) {
    const allowed = `a first and a last number of an example, from 0 to ${size - 1}`;
    throw new InputError({ field: `${field}.blank`, value: inputs.blank, allowed });
  }
}
