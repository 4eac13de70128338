import type { Run } from '../measurements/types.ts';

/** More are not looked for: no study has as many, and a hostile one could ask for any number. */
const mostChecked = 100_000;

/**
 * Steps at which a run has saved checkpoints that are not there any more: removed by somebody, or lost.
 *
 * @param settings of the study, as its manifest has them.
 * @param present steps of the checkpoints that are there.
 */
export function absentCheckpoints(
  run: Run,
  settings: Readonly<Record<string, unknown>>,
  present: readonly number[],
): number[] {
  // A checkpoint is saved after what is logged of its step.
  const end = run.complete ? run.plannedSteps : lastLogged(run);
  const there = new Set(present);
  return dueBefore(settings.checkpoints, end).filter((step) => !there.has(step));
}

function lastLogged({ steps, evaluations, tracks = [] }: Run): number {
  const last = [steps.at(-1), evaluations.at(-1)?.step, ...tracks.map((track) => track.steps.at(-1))];
  return last.reduce<number>((most, step) => Math.max(most, step ?? 0), 0);
}

function dueBefore(due: unknown, end: number): number[] {
  const { every, at } = (typeof due === 'object' && due !== null ? due : {}) as {
    every?: unknown;
    at?: unknown;
  };
  const steps = new Set<number>();
  if (Array.isArray(at)) for (const step of at) if (Number.isSafeInteger(step) && step < end) steps.add(step);
  if (typeof every === 'number' && Number.isSafeInteger(every) && every > 0 && end / every <= mostChecked) {
    for (let step = 0; step < end; step += every) steps.add(step);
  }
  return [...steps].sort((a, b) => a - b);
}
