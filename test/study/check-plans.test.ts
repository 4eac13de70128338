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

  it('finds a network without a layer of the kinds to be measured', () => {
    expect(check({ measurement: { layers: ['convolution'] } })).toThrow(/measurement\.layers/);
  });
});
