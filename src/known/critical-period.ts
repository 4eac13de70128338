import type { Run } from '../measurements/types.ts';
import { lastOf, trackCurve } from './curves.ts';
import { exactly, factOf } from './fact.ts';
import { setting } from './settings.ts';
import type { KnownStudy, KnownTransition } from './types.ts';

/** The strength that a path ends with after so many blind updates: s a / (a + b), with b that of the path that saw. */
export function strengthAfterBlindness(strength: number, start: number, rate: number, blind: number): number {
  const other = strength / (1 + ((strength - start) / start) * Math.exp(-2 * strength * rate * blind));
  return (strength * start) / (start + other);
}

/** Steps for which the first path of a run saw nothing. */
function blindSteps(study: KnownStudy, { hyperparameters }: Run): number {
  const interventions = setting<{ at: number }[]>(study, `conditions.${hyperparameters.condition}`);
  return interventions.at(-1)?.at ?? 0;
}

/** A path that is blind while another learns is left with nothing to learn. */
export const criticalPeriod: KnownTransition = {
  name: 'critical-period',
  title: 'Two-path linear network, critical period',
  source: 'closed form of two paths that share a task; after Kleinman, Achille & Soatto 2023',
  judge: (study) => {
    const [strength] = setting<number[]>(study, 'datasets.0.singularValues');
    const start = setting<number>(study, 'architectures.0.initial.aligned');
    const rate = setting<number>(study, 'training.learningRate');
    const modes = setting<number[]>(study, 'datasets.0.singularValues');
    const lengths = [...new Set(study.runs.map((run) => blindSteps(study, run)))].sort((a, b) => a - b);
    return lengths.map((blind) =>
      factOf(
        `strength of the path after ${blind} blind steps`,
        exactly(strengthAfterBlindness(strength, start, rate, blind), 0.02),
        study.runs
          .filter((run) => blindSteps(study, run) === blind)
          .flatMap((run) =>
            modes.map((_, mode) => ({
              value: lastOf(trackCurve(run, 'modes', `path 1, mode ${mode + 1}`, 'strength')),
            })),
          ),
      ),
    );
  },
};
