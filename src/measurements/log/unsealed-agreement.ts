import type { RunHeader } from '../run-header.ts';

/**
 * What a log without checksums (version 1) says twice, so that damage shows all the same: of runs that this program
 * trained, settings and records follow from each other. Of what others logged nothing is assumed.
 */
export interface Disagreement {
  readonly field: string;
  readonly value: unknown;
  readonly allowed: string;
}

/** The first two parts of a header that contradict each other, or null. */
export function headerDisagreement(header: RunHeader): Disagreement | null {
  const trained = trainedSettings(header);
  if (trained === null) return null;
  const { id, seed, plannedSteps, probe, layers } = header;
  if (trained.steps !== plannedSteps) {
    return {
      field: 'plannedSteps',
      value: plannedSteps,
      allowed: `${trained.steps}, as hyperparameters.steps`,
    };
  }
  const named = /_seed(\d+)$/.exec(id)?.[1];
  if (named !== undefined && Number(named) !== seed) {
    return { field: 'seed', value: seed, allowed: `${named}, as in the run's name` };
  }
  const examples = trained.probeSamples;
  const allowed = `${examples}, as hyperparameters.probeSamples`;
  if (probe !== null && probe.examples.length !== examples) {
    return { field: 'probe.examples', value: `${probe.examples.length} of them`, allowed };
  }
  const odd = layers.findIndex(({ pooling, samples }) => rowIsExample(pooling) && samples !== examples);
  return odd === -1 ? null : { field: `layers[${odd}].samples`, value: layers[odd].samples, allowed };
}

/** The step of the measurement that must follow; null where the header does not tell. */
export function stepAfter(header: RunHeader, previous: number | null): number | null {
  const every = interval(header);
  if (every === null) return null;
  return previous === null ? 0 : previous + every;
}

/** The step of the last measurement of a complete run; null where the header does not tell. */
export function finalStep(header: RunHeader): number | null {
  const every = interval(header);
  if (every === null || !header.plannedSteps) return null;
  return Math.floor((header.plannedSteps - 1) / every) * every;
}

function interval(header: RunHeader): number | null {
  return trainedSettings(header)?.measureEvery ?? null;
}

/** Settings that the header of a trained run has beside those of the optimizer; null for another's. */
function trainedSettings({ hyperparameters: { steps, probeSamples, measureEvery } }: RunHeader): {
  readonly steps: number;
  readonly probeSamples: number;
  readonly measureEvery: number;
} | null {
  const isTrained = [steps, probeSamples, measureEvery].every(
    (value) => Number.isSafeInteger(value) && (value as number) > 0,
  );
  if (!isTrained) return null;
  return {
    steps: steps as number,
    probeSamples: probeSamples as number,
    measureEvery: measureEvery as number,
  };
}

/** Whether a row of the measured matrix is an example, and not a position in one. */
function rowIsExample(pooling: string | null): boolean {
  return pooling?.startsWith('batch × ') ?? false;
}
