import { describe, expect, it } from 'vitest';
import { planRuns } from '../../src/study/run-plan.ts';
import { smallStudy } from './small-study.ts';

describe('planRuns', () => {
  it('multiplies networks, data sets and seeds, in this order', () => {
    const plans = planRuns(
      smallStudy({
        architectures: ['mlp_narrow', { name: 'tiny', family: 'mlp', hidden: [4] }],
        datasets: ['drawn_digits', 'mnist'],
        seeds: [0, 3],
        dataFolder: 'data',
      }),
    );
    expect(plans.map(({ id }) => id)).toEqual([
      'mlp_narrow_drawn_digits_seed0',
      'mlp_narrow_drawn_digits_seed3',
      'mlp_narrow_mnist_seed0',
      'mlp_narrow_mnist_seed3',
      'tiny_drawn_digits_seed0',
      'tiny_drawn_digits_seed3',
      'tiny_mnist_seed0',
      'tiny_mnist_seed3',
    ]);
    expect(plans[7]).toMatchObject({
      architectureName: 'tiny',
      architecture: { family: 'mlp', hidden: [4] },
      dataset: 'mnist',
      dataFolder: 'data',
      seed: 3,
    });
  });

  it('gives plans that can be sent to a worker', () => {
    const plans = planRuns(smallStudy());
    expect(structuredClone(plans)).toEqual(plans);
  });

  it('refuses two runs of one name', () => {
    expect(() => planRuns(smallStudy({ seeds: [1, 2, 1] }))).toThrow(
      'runs is "tiny_drawn_digits_seed1"; allowed: each architecture, data set and seed once',
    );
  });
});
