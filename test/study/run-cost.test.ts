import { describe, expect, it } from 'vitest';
import { checkPlans } from '../../src/study/check-plans.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { smallStudy } from './small-study.ts';

const costs = (changes: Partial<StudyFileInput>) => [...checkPlans(planRuns(smallStudy(changes))).values()];

describe('what runs cost', () => {
  it('is ordered as the processor time of the published networks is', () => {
    const architectures = ['mlp_narrow', 'mlp_verywide', 'cnn_shallow', 'transformer_deep'];
    const perStep = costs({ architectures }).map((cost) => cost.perStep);
    expect(perStep).toEqual(perStep.toSorted((a, b) => a - b));
    // Measured: 1.6 ms a step and 82 ms.
    expect(perStep[3] / perStep[0]).toBeGreaterThan(25);
    expect(perStep[3] / perStep[0]).toBeLessThan(100);
  });

  it('grows with the batch, in multiplications and memory', () => {
    const [small, large] = costs({ grid: { batchSize: [16, 160] } });
    // 784 inputs, layers of 8 and 6, 10 classes: so many multiplications an example, three times, forth and back.
    expect(large.perStep - small.perStep).toBe(3 * 144 * (784 * 8 + 8 * 6 + 6 * 10));
    expect(large.memory).toBeGreaterThan(small.memory);
  });

  it('has room for the data set and as many threads as the run asks for', () => {
    const [cost] = costs({ training: { steps: 12, examples: 64, batchSize: 16, threads: 3 } });
    expect(cost.threads).toBe(3);
    expect(cost.memory).toBeGreaterThan(6000 * 784 * 4);
  });
});
