import { mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRun } from '../../src/measurements/log-store.ts';
import { planRuns, type RunPlan } from '../../src/study/run-plan.ts';
import { executeRuns, type RunLeave } from '../../src/study/run-pool.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
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

  it('trains on where a run fails, its thread with it, and goes on with that one when it is asked to again', async () => {
    const plans = planRuns(smallStudy({ datasets: ['mnist'], dataFolder: noiseAsMnist(), seeds: [0, 1, 2] }));
    const folder = temporaryFolder();
    const inTheWay = join(folder, 'runs', `${plans[1].id}.jsonl`);
    mkdirSync(inTheWay, { recursive: true });
    const outcomes = await executeRuns(folder, plans, 1);
    expect(outcomes.map(({ stopped }) => stopped)).toEqual([
      null,
      expect.stringMatching(/^failed: EISDIR/),
      null,
    ]);
    expect(outcomes.map(({ unfinished }) => unfinished)).toEqual([false, true, false]);
    rmdirSync(inTheWay);
    const [again] = await executeRuns(folder, [plans[1]], 1);
    expect(again.stopped).toBeNull();
    expect(readRun(folder, plans[1].id).complete).toBe(true);
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

describeWithWorkers('executeRuns, when runs are others’ or are to stop', () => {
  const long = (changes: Partial<StudyFileInput> = {}): RunPlan[] =>
    planRuns(
      smallStudy({
        datasets: ['mnist'],
        dataFolder: noiseAsMnist(),
        training: { steps: 1_000_000, examples: 64, batchSize: 16 },
        measurement: { every: 1_000_000, samples: 20 },
        evaluation: { every: 1_000_000, examples: 40 },
        ...changes,
      }),
    );

  it('begins only what it has leave for, and gives every leave back', async () => {
    const plans = planRuns(
      smallStudy({ datasets: ['mnist'], dataFolder: noiseAsMnist(), seeds: [0, 1, 2, 3] }),
    );
    const log: string[] = [];
    const outcomes = await executeRuns(temporaryFolder(), plans, 1, {
      askLeave: ({ id, seed }) => {
        if (seed % 2 === 1) return null;
        log.push(`begin ${id}`);
        return { lost: new AbortController().signal, release: () => log.push(`release ${id}`) };
      },
      onOutcome: async ({ id }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        log.push(`noted ${id}`);
      },
    });
    expect(outcomes.map(({ id }) => id)).toEqual(['tiny_mnist_seed0', 'tiny_mnist_seed2']);
    expect(log).toEqual(
      outcomes.flatMap(({ id }) => ['begin', 'release', 'noted'].map((what) => `${what} ${id}`)),
    );
  });

  it('has all runs under way finish their step when its signal is aborted, and begins no other', async () => {
    const folder = temporaryFolder();
    const plans = long({ seeds: [0, 1, 2] });
    const interruption = new AbortController();
    const advanced = new Set<string>();
    const outcomes = await executeRuns(folder, plans, 2, {
      signal: interruption.signal,
      onProgress: (_, run) => {
        if (advanced.add(run).size === 2) interruption.abort();
      },
    });
    expect(outcomes.map(({ id }) => id)).toEqual(['tiny_mnist_seed0', 'tiny_mnist_seed1']);
    for (const { id, stopped, unfinished } of outcomes) {
      const step = /^interrupted after step (\d+)$/.exec(stopped!)![1];
      expect(unfinished).toBe(true);
      const saved = `step_${step.padStart(5, '0')}.safetensors`;
      expect(readdirSync(join(folder, 'checkpoints', id))).toEqual([saved]);
    }
    expect(readdirSync(join(folder, 'runs'))).toHaveLength(2);
  });

  it('begins nothing if its signal is aborted already', async () => {
    const folder = temporaryFolder();
    expect(await executeRuns(folder, long(), 1, { signal: AbortSignal.abort() })).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves a run as it is when another process has taken it over', async () => {
    const folder = temporaryFolder();
    const lost = new AbortController();
    const [outcome] = await executeRuns(folder, long(), 1, {
      askLeave: () => ({ lost: lost.signal, release: () => {} }),
      onProgress: () => lost.abort(),
    });
    expect(outcome).toMatchObject({ stopped: 'taken over by another process', unfinished: true });
    expect(readdirSync(folder)).toEqual(['runs']);
  });

  it('gives leaves back if a run fails', async () => {
    const plans = long({ seeds: [0, 1], training: { steps: 1_000_000, examples: 1_000_000 } });
    let held = 0;
    const askLeave = (): RunLeave => {
      held++;
      return { lost: new AbortController().signal, release: () => held-- };
    };
    await expect(executeRuns(temporaryFolder(), plans, 2, { askLeave })).rejects.toThrow(/allowed: at least/);
    expect(held).toBe(0);
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
