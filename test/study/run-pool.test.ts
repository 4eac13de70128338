import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRun } from '../../src/measurements/log-store.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { executeRuns } from '../../src/study/run-pool.ts';
import { describeWithWorkers, noiseAsMnist, smallPlan, smallStudy, temporaryFolder } from './small-study.ts';

describeWithWorkers('executeRuns', () => {
  it('trains more runs than there are workers and gives the outcomes in the order of the plans', async () => {
    const plans = planRuns(
      smallStudy({ datasets: ['mnist'], dataFolder: noiseAsMnist(), seeds: [0, 1, 2, 3, 4] }),
    );
    const folder = temporaryFolder();
    const reported: number[] = [];
    const ended: string[] = [];
    const outcomes = await executeRuns(folder, plans, 2, {
      onProgress: (done) => reported.push(done),
      onOutcome: ({ id }) => ended.push(id),
    });
    expect(ended.toSorted()).toEqual(plans.map(({ id }) => id));
    expect(outcomes.map(({ id }) => id)).toEqual(plans.map(({ id }) => id));
    for (const { id } of plans) expect(readRun(folder, id).complete).toBe(true);
    expect(reported).toEqual(reported.toSorted((a, b) => a - b));
    expect(reported.at(-1)).toBe(5 * 12);
  });

  it('passes on what a worker says about its input', async () => {
    const plan = smallPlan({
      datasets: ['mnist'],
      dataFolder: noiseAsMnist(),
      training: { examples: 1_000_000 },
    });
    await expect(executeRuns(temporaryFolder(), [plan], 1)).rejects.toThrow(
      /^dataset mnist is "200 examples"; allowed: at least 1000060/,
    );
  });

  it('trains the runs of one data set after another, so that each is opened once', async () => {
    const dataFolder = noiseAsMnist();
    const study = smallStudy({
      architectures: ['a', 'b'].map((name) => ({ name, family: 'mlp' as const, hidden: [4] })),
      datasets: ['mnist', 'fashion_mnist'],
      dataFolder,
    });
    const plans = planRuns(study);
    const ended: string[] = [];
    const outcomes = await executeRuns(temporaryFolder(), plans, 1, {
      onOutcome: ({ id }) => ended.push(id),
    });
    expect(ended).toEqual(
      ['a_mnist', 'b_mnist', 'a_fashion_mnist', 'b_fashion_mnist'].map((name) => `${name}_seed0`),
    );
    expect(outcomes.map(({ id }) => id)).toEqual(plans.map(({ id }) => id));
  });
});

describeWithWorkers('a run with a core to spare', () => {
  it('measures on a thread of its own and leaves the same log to the byte', async () => {
    const plan = smallPlan({
      datasets: ['mnist'],
      dataFolder: noiseAsMnist(),
      checkpoints: { at: [3] },
      weights: { every: 2 },
      sharpness: { at: [4], examples: 20, iterations: 3 },
    });
    const logs = await Promise.all(
      [1, 2].map(async (workers) => {
        const folder = temporaryFolder();
        await executeRuns(folder, [plan], workers);
        return readFileSync(join(folder, 'runs', `${plan.id}.jsonl`));
      }),
    );
    expect(logs[1].equals(logs[0])).toBe(true);
    expect(logs[0].length).toBeGreaterThan(1000);
  });
});
