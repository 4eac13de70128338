import { describe, expect, it } from 'vitest';
import { planRuns } from '../../src/study/run-plan.ts';
import { checkStudyFile } from '../../src/study/study-file.ts';
import type { StudyFileInput } from '../../src/study/study-schema.ts';
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

describe('planRuns with a grid', () => {
  const grid = { learningRate: [0.001, 0.01], optimizer: ['adam', 'adamw'] as ('adam' | 'adamw')[] };

  it('runs every combination of the values, each under a name of its own', () => {
    const plans = planRuns(smallStudy({ grid }));
    expect(plans.map(({ id }) => id)).toEqual([
      'tiny_drawn_digits_optimizeradam_learningRate0.001_seed0',
      'tiny_drawn_digits_optimizeradam_learningRate0.01_seed0',
      'tiny_drawn_digits_optimizeradamw_learningRate0.001_seed0',
      'tiny_drawn_digits_optimizeradamw_learningRate0.01_seed0',
    ]);
    expect(plans[1].training).toMatchObject({ optimizer: 'adam', learningRate: 0.01, steps: 12 });
  });

  it('refuses combinations that make no sense', () => {
    expect(() => planRuns(smallStudy({ grid: { warmup: [0, 50] } }))).toThrow(
      'grid: warmup is 50; allowed: below the 12 steps of training',
    );
  });
});

describe('planRuns with exceptions and substitutes', () => {
  const datasets = ['mnist', 'qmnist'];

  it('leaves out the pairs named, by the data set that was meant', () => {
    const plans = planRuns(
      smallStudy({
        datasets,
        except: [{ architecture: 'tiny', dataset: 'qmnist' }],
        substitutes: { mnist: 'drawn_digits' },
      }),
    );
    expect(plans.map(({ id, dataset }) => [id, dataset])).toEqual([
      ['tiny_drawn_digits_seed0', 'drawn_digits'],
    ]);
  });

  it('refuses an exception for a network that nobody knows', () => {
    const except = [{ architecture: 'mlp_narow', dataset: 'mnist' }];
    expect(() => planRuns(smallStudy({ except }))).toThrow(
      'except[0].architecture is "mlp_narow"; allowed: did you mean mlp_narrow?',
    );
  });

  it('refuses one substitute for two data sets, which would be one run twice', () => {
    const substitutes = { mnist: 'drawn_digits', qmnist: 'drawn_digits' };
    expect(() => planRuns(smallStudy({ datasets, substitutes }))).toThrow(
      /runs is "tiny_drawn_digits_seed0"; allowed: .*no two data sets with one substitute/,
    );
  });

  it('refuses a study without runs', () => {
    const except = [{ architecture: 'tiny', dataset: 'drawn_digits' }];
    expect(() => planRuns(smallStudy({ except }))).toThrow('runs is 0; allowed: at least one run');
  });
});

describe('planRuns with overrides', () => {
  const study = (overrides: StudyFileInput['overrides']) =>
    planRuns(
      checkStudyFile(
        {
          architectures: ['mlp_narrow', 'mlp_wide'],
          datasets: ['drawn_digits', 'drawn_digits_2'],
          overrides,
        },
        'study.yaml',
      ),
    );
  const examplesOf = (plans: ReturnType<typeof planRuns>) =>
    Object.fromEntries(plans.map(({ id, training }) => [id.replace('_seed0', ''), training.examples]));

  it('changes the training of the networks on the data sets named, and of no others', () => {
    const plans = study([
      { architectures: ['mlp_wide'], datasets: ['drawn_digits'], training: { examples: 3000 } },
    ]);
    expect(examplesOf(plans)).toEqual({
      mlp_narrow_drawn_digits: 1500,
      mlp_narrow_drawn_digits_2: 1500,
      mlp_wide_drawn_digits: 3000,
      mlp_wide_drawn_digits_2: 1500,
    });
  });

  it('applies to all where none are named, and later ones win', () => {
    const plans = study([
      { training: { examples: 2000 } },
      { datasets: ['drawn_digits_2'], training: { examples: 2500 } },
    ]);
    expect(examplesOf(plans)).toMatchObject({ mlp_narrow_drawn_digits: 2000, mlp_wide_drawn_digits_2: 2500 });
  });

  it('refuses a network that nobody knows', () => {
    expect(() => study([{ architectures: ['mlp_wid'], training: {} }])).toThrow(
      'overrides[0].architectures[0] is "mlp_wid"; allowed: did you mean mlp_wide?',
    );
  });

  it('trains every run under each condition, and plans a run without any as before', () => {
    const cut = { at: 3, set: { learningRate: 0.0001 } };
    const plans = planRuns(smallStudy({ conditions: { control: [], cut: [cut] }, seeds: [0, 1] }));
    expect(plans.map(({ id }) => id)).toEqual([
      'tiny_drawn_digits_control_seed0',
      'tiny_drawn_digits_control_seed1',
      'tiny_drawn_digits_cut_seed0',
      'tiny_drawn_digits_cut_seed1',
    ]);
    expect(plans[0].condition).toBe('control');
    expect(plans[2].interventions).toEqual([cut]);
    expect(Object.keys(planRuns(smallStudy())[0])).not.toContain('interventions');
    expect(Object.keys(plans[0])).not.toContain('interventions');
  });
});
