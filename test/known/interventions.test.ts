import { describe, expect, it } from 'vitest';
import { interventions } from '../../src/known/interventions.ts';
import type { Run } from '../../src/measurements/types.ts';

/** A run that is too short to say anything of, with or without an event. */
const shortRun = (id: string, event: string | null): Run => ({
  id,
  architecture: 'mlp',
  family: 'mlp',
  dataset: 'drawn_digits',
  seed: 0,
  classes: 10,
  hyperparameters: {},
  parameterCount: 1,
  plannedSteps: 3,
  steps: Float64Array.of(0, 1, 2),
  loss: Float64Array.of(3, 2, 1),
  gradientNorm: new Float64Array(0),
  layers: [],
  evaluations: [],
  complete: true,
  stopped: null,
  ...(event !== null && { events: [{ step: 1, name: event }] }),
});

describe('interventions', () => {
  it('that a run is too short for are not found, and are no alarm either', () => {
    const facts = interventions.judge({
      settings: {},
      runs: [shortRun('a', 'labels permuted'), shortRun('b', null)],
    });
    expect(facts.map(({ what, found, holds }) => [what, found, holds])).toEqual([
      ['labels permuted: found within 50 steps, share of seeds', 0, false],
      ['all: found, share of runs', 0, false],
      ['of those found: the interval holds the step, share', null, false],
      ['a change where nothing was done, share of runs', 0, true],
    ]);
  });
});
