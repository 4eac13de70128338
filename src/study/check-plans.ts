import { assertLoss } from './assert-loss.ts';
import { assertEnoughExamples } from './choose-examples.ts';
import { type DatasetShape, datasetShape } from './dataset-store.ts';
import { assertInterventions } from './interventions/assert-interventions.ts';
import { planMeter } from './measure-layers.ts';
import { planModel } from './plan-model.ts';
import type { RunPlan } from './run-plan.ts';
import { assertTracks } from './tracks/track-meters.ts';

/**
 * Checks that every run can start, before any does: a fault in the last of many would else show after hours.
 *
 * @throws InputError if a data set is missing, damaged or too small, or a network cannot take its examples.
 */
export function checkPlans(plans: readonly RunPlan[]): void {
  const shapes = new Map<string, DatasetShape>();
  for (const plan of plans) {
    if (!shapes.has(plan.dataset)) shapes.set(plan.dataset, datasetShape(plan));
  }
  for (const plan of plans) {
    const shape = shapes.get(plan.dataset)!;
    assertEnoughExamples(plan, shape.count);
    assertLoss(plan, shape);
    assertTracks(plan);
    const model = planModel(plan, shape);
    planMeter(plan, model);
    assertInterventions(plan, model);
  }
}
