import type { Run } from '../../measurements/types.ts';
import { brief, counted } from '../../wording/sentences.ts';
import type { Facts } from './facts.ts';
import { faultIn } from './fault.ts';
import type { DataCheck, DataCheckResult } from './types.ts';

/** Without the measured steps: the last event lies this near below the number of measurements. */
const NEAR_END = 0.8;
/** Training steps per measurement from which an index and a step can be told apart. */
const LEAST_INTERVAL = 2;

/**
 * Events given by their index among the measurements and read as training steps. Two signs: all of them lie below
 * the number of measurements, and some at steps at which nothing was measured (or, where those are not known, the last
 * one just below that number). The same is asked of a run that has reached its end.
 */
export const indexAsStep: DataCheck = {
  name: 'index-as-step',
  question: 'Is the index of a measurement used as a training step?',
  reason:
    'With a measurement every k steps, an index is a k-th of its step: everything seems to happen in the first k-th ' +
    'of training, and lookups by step hit the wrong measurement.',
  threshold:
    `all steps below the number of measurements, which is at most 1/${LEAST_INTERVAL} of the run's steps, and one ` +
    `of them never measured (or, where that is unknown, the last at ${NEAR_END} of that number or above)`,
  check(evidence) {
    return [...faultyEvents(evidence), ...faultyRuns(evidence.runs)];
  },
};

function faultyEvents({ runs, events = [] }: Facts): DataCheckResult[] {
  return events.flatMap((table): DataCheckResult[] => {
    const { name, run, steps, runLength, measurements } = table;
    if (steps.length === 0 || runLength < LEAST_INTERVAL * measurements) return [];
    const last = largest(steps);
    if (last >= measurements) return [];
    const measured = new Set(table.measuredSteps ? Array.from(table.measuredSteps) : measuredIn(runs, run));
    const unmeasured =
      measured.size === 0 ? null : Array.from(steps).filter((step) => !measured.has(step)).length;
    if (unmeasured === null ? last < NEAR_END * measurements : unmeasured === 0) return [];
    const evidence =
      unmeasured === null
        ? `just below the number of measurements (${brief(measurements)})`
        : `below the number of measurements (${brief(measurements)}), and ${brief(unmeasured)} of ` +
          `${counted(steps.length, 'event')} at steps that were never measured`;
    const message =
      `${name}: the last event is at step ${brief(last)} of ${brief(runLength)}, ${evidence}; ` +
      'these are indices of measurements, not steps';
    return [faultIn([{ run }], 1, { check: indexAsStep.name, severity: 'error', message, value: last })];
  });
}

function faultyRuns(runs: readonly Run[]): DataCheckResult[] {
  const faulty = runs.filter(({ steps, plannedSteps, complete }) => {
    const numbered = steps.every((step, i) => step === steps[0] + i);
    return complete && steps.length > 1 && numbered && plannedSteps >= LEAST_INTERVAL * steps.length;
  });
  if (faulty.length === 0) return [];
  const { id, steps, plannedSteps } = faulty[0];
  const message =
    `the measurements of ${counted(faulty.length, 'complete run')} are numbered one by one up to ` +
    `${brief(steps[steps.length - 1])} although ${brief(plannedSteps)} steps were trained (${id}): these are indices, not steps`;
  const places = faulty.map((run) => ({ run: run.id }));
  return [faultIn(places, runs.length, { check: indexAsStep.name, severity: 'error', message })];
}

/** Steps that were measured in the run, or in any for events of several runs. */
function measuredIn(runs: readonly Run[], run: string | null): number[] {
  return runs.flatMap(({ id, steps }) => (run === null || run === id ? Array.from(steps) : []));
}

function largest(values: ArrayLike<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i];
  return most;
}
