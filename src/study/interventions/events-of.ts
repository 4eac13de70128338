import type { RunEvent } from '../../measurements/types.ts';
import type { RunPlan } from '../run-plan.ts';
import { describeIntervention } from './describe-intervention.ts';

/** What is done to a run, as its log tells it. */
export function eventsOf({ interventions = [] }: Pick<RunPlan, 'interventions'>): RunEvent[] {
  return interventions.map((intervention) => ({
    step: intervention.at,
    name: describeIntervention(intervention).slice(0, 200),
  }));
}
