import { describe, expect, it } from 'vitest';
import { checkPlans } from '../../src/study/check-plans.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { noiseAsMnist, smallStudy } from './small-study.ts';

const check = (changes: Partial<StudyFileInput>) => () => checkPlans(planRuns(smallStudy(changes)));

describe('checkPlans', () => {
  it('accepts what can be trained', () => {
    expect(check({ datasets: ['drawn_digits', 'mnist'], dataFolder: noiseAsMnist() })).not.toThrow();
  });

  it('finds a data set that is missing, even for the last run', () => {
    const dataFolder = noiseAsMnist();
    expect(check({ datasets: ['mnist', 'cifar10'], dataFolder })).toThrow(
      /cifar10 is "missing"; allowed: put/,
    );
  });

  it('finds a data set that is too small', () => {
    expect(check({ training: { examples: 5941 } })).toThrow(
      /drawn_digits is "6000 examples"; allowed: at least 6001/,
    );
  });

  it('finds a network that cannot take the examples', () => {
    const heads: StudyFileInput['architectures'] = [
      { name: 'odd', family: 'transformer', width: 9, heads: 2, blocks: 1 },
    ];
    expect(check({ architectures: heads })).toThrow(/heads/);
    const tooDeep: StudyFileInput['architectures'] = [
      { name: 'deep', family: 'cnn', channels: [2, 2, 2, 2, 2, 2] },
    ];
    expect(check({ architectures: tooDeep })).toThrow(/allowed/);
  });

  it('finds a track that wants more examples than a run trains on, even for one value of the grid', () => {
    const grid = { examples: [2000, 500] };
    expect(check({ sharpness: { every: 100, examples: 600 }, grid })).toThrow(
      /sharpness\.examples is 600; allowed: at most the 500 examples of training/,
    );
    expect(check({ gradientNoise: { every: 100, examples: 3000 } })).toThrow(
      /gradientNoise\.examples is 3000/,
    );
  });

  it('finds a network without a layer of the kinds to be measured', () => {
    expect(check({ measurement: { layers: ['convolution'] } })).toThrow(/measurement\.layers/);
  });

  it('finds an intervention that cannot be', () => {
    const cut = { at: 3, set: { learningRate: 0.01 } };
    expect(check({ interventions: [cut, { at: 5, freeze: 'network.0' }] })).not.toThrow();
    expect(check({ interventions: [{ at: 5, freeze: 'network.1' }] })).toThrow(
      /freeze is "network.1"; allowed: .*network\.0/,
    );
    expect(check({ interventions: [{ at: 5, data: { classes: [10] } }] })).toThrow(/allowed: 0 to 9/);
    expect(check({ interventions: [{ at: 5, data: { examples: 65 } }] })).toThrow(/at most the 64 examples/);
    expect(check({ interventions: [{ at: 12, labels: 'permuted' }] })).toThrow(/below the 12 steps/);
    expect(check({ interventions: [{ at: 0, reinitialize: 'network.0' }] })).toThrow(/at least 1/);
    expect(check({ interventions: [{ at: 3 }] })).toThrow(/at least one of set, labels/);
    expect(check({ interventions: [cut, cut] })).toThrow(/one for each step/);
    expect(check({ interventions: [{ at: 3, set: { momentum: 0.5 } }] })).toThrow(/only with optimizer sgd/);
    expect(check({ interventions: [cut], conditions: { a: [], b: [cut] } })).toThrow(
      /one intervention for each/,
    );
  });
});
