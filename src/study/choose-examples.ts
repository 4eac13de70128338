import { takeExamples } from '../datasets/take-examples.ts';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import { createRandom, permutation } from '../numerics/random.ts';
import type { RunPlan } from './run-plan.ts';

/** Examples drawn from a data set; `ids` are their positions in it. */
export interface ChosenExamples {
  readonly ids: Uint32Array;
  readonly data: Dataset;
}

export interface RunExamples {
  readonly training: ChosenExamples;
  readonly probe: ChosenExamples;
  readonly evaluation: ChosenExamples;
}

/**
 * Examples for training, probe and evaluation: disjoint ones, drawn at random by the run's seed alone; or, as the plan
 * says, the same, in the order of the data.
 */
export function chooseExamples(plan: RunPlan, data: Dataset): RunExamples {
  assertEnoughExamples(plan, data.count);
  const isSame = plan.split === 'same';
  const order = isSame
    ? Uint32Array.from({ length: data.count }, (_, id) => id)
    : permutation(data.count, createRandom(plan.seed).fork('examples'));
  let from = 0;
  const take = (count: number): ChosenExamples => {
    const ids = order.subarray(from, from + count);
    if (!isSame) from += count;
    return { ids, data: takeExamples(data, ids) };
  };
  return {
    training: take(plan.training.examples),
    probe: take(plan.measurement.samples),
    evaluation: take(plan.evaluation.examples),
  };
}

/** @throws InputError if a data set is too small for a run. */
export function assertEnoughExamples(
  { dataset, training, measurement, evaluation, split }: RunPlan,
  count: number,
): void {
  if (split === 'same') {
    const most = Math.max(training.examples, measurement.samples, evaluation.examples);
    if (count >= most) return;
    const allowed = `at least ${most}, as many as training, probe or evaluation take`;
    throw new InputError({ field: `dataset ${dataset}`, value: `${count} examples`, allowed });
  }
  const needed = training.examples + measurement.samples + evaluation.examples;
  if (count >= needed) return;
  throw new InputError({
    field: `dataset ${dataset}`,
    value: `${count} examples`,
    allowed: `at least ${needed}: ${training.examples} to train on, ${measurement.samples} to probe, ${evaluation.examples} to evaluate`,
  });
}
