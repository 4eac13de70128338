import { describe, expect, it } from 'vitest';
import {
  midJumpCandidates,
  PLANNED_EXPERIMENTS,
  planCheckpoints,
} from '../../src/published/checkpoint-plan.ts';
import type { Jump } from '../../src/published/jumps.ts';

function jump(experiment: string, step: number, cluster: number, magnitude = 1): Jump {
  return {
    step,
    magnitude,
    speed: 0,
    direction: 'increase',
    phase: step / 2000,
    layer: `layer.${step}`,
    experiment,
    archName: '',
    dataset: '',
    phaseCategory: 'early',
    cluster,
  };
}

/** A plan of the first run; the others have one jump each. */
function planOf(jumps: readonly [step: number, cluster: number, magnitude?: number][]) {
  const [first, ...others] = PLANNED_EXPERIMENTS;
  const all = [
    ...jumps.map(([step, cluster, magnitude]) => jump(first, step, cluster, magnitude)),
    ...others.map((experiment) => jump(experiment, 3, 0)),
  ];
  return planCheckpoints(all, (candidates) => candidates[0]).get(first)!;
}

const stepsOf = (plan: ReturnType<typeof planOf>, type: string): number[] =>
  plan.jumps.filter((planned) => planned.type.startsWith(type)).map((planned) => planned.jump.step);

describe('the published checkpoint plan', () => {
  it('takes the two largest of clusters 4 and 3 and one of cluster 2, in order of time', () => {
    const plan = planOf([
      [50, 4, 1],
      [60, 4, 3],
      [70, 4, 2],
      [10, 3, 1],
      [20, 3, 2],
      [5, 2],
    ]);
    expect(stepsOf(plan, 'Type 5')).toEqual([60, 70]);
    expect(stepsOf(plan, 'Type 4')).toEqual([10, 20]);
    expect(stepsOf(plan, 'Type 3')).toEqual([5]);
    expect(plan.jumps.map((planned) => planned.jump.step)).toEqual([5, 10, 20, 60, 70]);
  });

  it('falls back to the two earliest, the two latest and the one nearest the median', () => {
    const plan = planOf([
      [9, 0],
      [2, 0],
      [30, 0],
      [4, 0],
      [8, 4, 100],
    ]);
    expect(stepsOf(plan, 'Type 5')).toEqual([2, 4]);
    expect(stepsOf(plan, 'Type 4')).toEqual([9, 30]);
    expect(stepsOf(plan, 'Type 3')).toEqual([8]);
  });

  it('puts checkpoints ten before and after, none below 0, each once', () => {
    const plan = planOf([[4, 0]]);
    expect(plan.jumps[0].checkpoints).toEqual([0, 4, 14]);
    expect(plan.checkpointSteps).toEqual([0, 4, 14]);
  });

  it('draws the mid jump from cluster 2 of its own run', () => {
    const jumps = [jump('a', 1, 2), jump('b', 2, 2), jump('a', 3, 0), jump('a', 4, 2)];
    expect(midJumpCandidates(jumps, 'a').map(({ step }) => step)).toEqual([1, 4]);
  });
});
