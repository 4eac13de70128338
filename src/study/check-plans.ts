import { assertLoss } from './assert-loss.ts';
import { assertEnoughExamples } from './choose-examples.ts';
import { type DatasetShape, datasetShape } from './dataset-store.ts';
import { assertInterventions } from './interventions/assert-interventions.ts';
import { planMeter } from './measure-layers.ts';
import { planModel } from './plan-model.ts';
import { type RunCost, runCosts } from './run-cost.ts';
import type { RunPlan } from './run-plan.ts';
import { assertTracks } from './tracks/track-meters.ts';

/**
 * Checks that every run can start, before any does: a fault in the last of many would else show after hours.
 *
 * @returns what each needs of the machine, by its id.
 * @throws InputError if a data set is missing, damaged or too small, or a network cannot take its examples.
 */
export function checkPlans(plans: readonly RunPlan[]): ReadonlyMap<string, RunCost> {
  const shapes = new Map<string, DatasetShape>();
  for (const plan of plans) {
    if (!shapes.has(plan.dataset)) shapes.set(plan.dataset, datasetShape(plan));
  }
  const costs = new Map<string, RunCost>();
  const costOf = runCosts();
  for (const plan of plans) {
    const shape = shapes.get(plan.dataset)!;
    assertEnoughExamples(plan, shape.count);
    assertLoss(plan, shape);
    assertTracks(plan);
    const model = planModel(plan, shape);
    planMeter(plan, model);
    assertInterventions(plan, model);
    costs.set(plan.id, costOf(plan, model, shape));
  }
  return costs;
}
