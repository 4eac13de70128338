import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/measurements/types.ts';
import { absentCheckpoints } from '../../src/study/absent-checkpoints.ts';
import { plantedRun } from '../dynamics/planted-run.ts';

const complete: Run = { ...plantedRun([Float64Array.of(1, 2, 3)]), plannedSteps: 12, complete: true };
const interrupted: Run = {
  ...complete,
  complete: false,
  steps: Float64Array.of(0, 5),
  evaluations: [],
  tracks: [],
};

describe('checkpoints that are gone', () => {
  it('are those due in a complete run', () => {
    const settings = { checkpoints: { every: 5, at: [3, 11, 12] } };
    expect(absentCheckpoints(complete, settings, [0, 10])).toEqual([3, 5, 11]);
    expect(absentCheckpoints(complete, settings, [0, 3, 5, 10, 11])).toEqual([]);
  });

  it('are those before the last that was logged in an interrupted one', () => {
    expect(absentCheckpoints(interrupted, { checkpoints: { every: 5 } }, [])).toEqual([0]);
    const evaluated = { ...interrupted, evaluations: [{ step: 7, accuracy: 1, examples: 1 }] };
    expect(absentCheckpoints(evaluated, { checkpoints: { every: 5 } }, [])).toEqual([0, 5]);
  });

  it.each([
    [{}],
    [{ checkpoints: null }],
    [{ checkpoints: { every: 0, at: 'x' } }],
    [{ checkpoints: { every: 0.5 } }],
  ])('are none where %j plans none', (settings) => {
    expect(absentCheckpoints(complete, settings, [])).toEqual([]);
  });

  it('are not looked for where a hostile study plans any number', () => {
    const endless = { ...complete, plannedSteps: 1e12 };
    expect(absentCheckpoints(endless, { checkpoints: { every: 1 } }, [])).toEqual([]);
  });
});
