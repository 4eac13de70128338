import type { Run } from '../measurements/types.ts';
import { dueSteps } from './due-steps.ts';
import type { RunPlan } from './run-plan.ts';
import { isTracked, trackKinds } from './tracks/track-meters.ts';

/**
 * What a log says otherwise than the settings of its study, in a sentence; null if it agrees with them. The settings
 * decide all of it, so that damage shows in logs without checksums (version 1) too.
 */
export function planDisagreement(run: Run, plan: RunPlan): string | null {
  const { training, measurement } = plan;
  const said: readonly (readonly [string, unknown, unknown])[] = [
    ['architecture', run.architecture, plan.architectureName],
    ['dataset', run.dataset, plan.dataset],
    ['seed', run.seed, plan.seed],
    ['plannedSteps', run.plannedSteps, training.steps],
    [
      'hyperparameters',
      JSON.stringify(run.hyperparameters),
      JSON.stringify({ ...training, probeSamples: measurement.samples, measureEvery: measurement.every }),
    ],
  ];
  const odd = said.find(([, logged, planned]) => logged !== planned);
  if (odd !== undefined) return `${odd[0]} ${odd[1]}; the study's settings make it ${odd[2]}`;
  return scheduleDisagreement(run, plan);
}

function scheduleDisagreement(run: Run, plan: RunPlan): string | null {
  const { steps } = plan.training;
  // A kill may have come between the records of one step.
  const last = run.complete ? steps - 1 : (run.steps.at(-1) ?? 0) - 1;
  const evaluated = dueSteps(plan.evaluation);
  const of = (id: string): ArrayLike<number> => run.tracks?.find((track) => track.id === id)?.steps ?? [];
  const schedules: readonly (readonly [string, (step: number) => boolean, ArrayLike<number>])[] = [
    ['measurement', dueSteps({ every: plan.measurement.every }), run.steps],
    ['evaluation', (step) => step === steps - 1 || evaluated(step), run.evaluations.map(({ step }) => step)],
    ...trackKinds.map((kind) => {
      const due = isTracked(kind, plan) ? plan[kind.key]! : {};
      return [kind.id, dueSteps(due), of(kind.id)] as const;
    }),
  ];
  for (const [what, isDue, logged] of schedules) {
    const step = firstDifference(isDue, logged, last);
    if (step !== null) return `${what} at step ${step}: ${isDue(step) ? 'due, and not logged' : 'not due'}`;
  }
  return null;
}

/** The first step up to `last` that is due and not logged, or the reverse; null if there is none. */
function firstDifference(
  isDue: (step: number) => boolean,
  logged: ArrayLike<number>,
  last: number,
): number | null {
  let next = 0;
  for (let step = 0; step <= last; step++) {
    const isLogged = logged[next] === step;
    if (isLogged !== isDue(step)) return step;
    if (isLogged) next++;
  }
  return null;
}
