import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/measurements/log-store.ts';
import { chooseExamples } from '../../src/study/choose-examples.ts';
import { executeRun } from '../../src/study/execute-run.ts';
import { runFiles } from '../../src/study/run-store.ts';
import { smallDigits, smallPlan, temporaryFolder } from '../study/small-study.ts';

const interventions = [
  { at: 3, set: { learningRate: 0.0001 } },
  { at: 9, name: 'new labels', labels: 'permuted' as const },
];

describe('what is done to a run', () => {
  const plan = smallPlan({ interventions });
  const folder = temporaryFolder();

  it('stands in its log with its step and its name', async () => {
    await executeRun(plan, smallDigits, runFiles(folder, plan));
    expect(readRun(folder, plan.id).events).toEqual([
      { step: 3, name: 'learningRate 0.0001' },
      { step: 9, name: 'new labels' },
    ]);
    expect(chooseExamples(plan, smallDigits).training.data.count).toBe(64);
  });

  it('is absent from a run to which nothing is done', async () => {
    const control = smallPlan();
    await executeRun(control, smallDigits, runFiles(folder, control));
    expect(readRun(folder, control.id)).not.toHaveProperty('events');
  });
});

describe('an evaluation', () => {
  it('logs the loss on the examples that were not trained on', async () => {
    const plan = smallPlan({ seeds: [5] });
    const folder = temporaryFolder();
    await executeRun(plan, smallDigits, runFiles(folder, plan));
    const losses = readRun(folder, plan.id).evaluations.map(({ loss }) => loss!);
    expect(losses).toHaveLength(4);
    for (const loss of losses) expect(loss).toBeGreaterThan(1);
    expect(losses[3]).toBeLessThan(losses[0]);
  });
});
