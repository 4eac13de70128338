import type { RunEvent } from '../../measurements/types.ts';
import type { RunPlan } from '../run-plan.ts';
import { describeIntervention } from './describe-intervention.ts';

/** What is done to a run, or known to happen in it, as its log tells it: by step. */
export function eventsOf({
  interventions = [],
  events = [],
}: Pick<RunPlan, 'interventions' | 'events'>): RunEvent[] {
  const done = interventions.map((intervention) => ({
    step: intervention.at,
    name: describeIntervention(intervention).slice(0, 200),
  }));
  return [...done, ...events].sort((a, b) => a.step - b.step);
}
