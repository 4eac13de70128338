import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunWriter, readRun } from '../../src/measurements/log-store.ts';
import { executeRun, type RunOutcome } from '../../src/study/execute-run.ts';
import type { RunPlan } from '../../src/study/run-plan.ts';
import { type RunFiles, runFiles } from '../../src/study/run-store.ts';
import type { StopRequest } from '../../src/study/stop-request.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { contentOf } from './directory-content.ts';
import { smallNetworks as networks, studyFolder } from './one-run-study.ts';
import { smallDigits, smallPlan } from './small-study.ts';

const tracks: Partial<StudyFileInput> = {
  weights: { every: 4 },
  gradientNoise: { at: [1, 7], examples: 64 },
  sharpness: { at: [2, 8], examples: 20, iterations: 3 },
};

interface Attempt {
  readonly outcome: RunOutcome;
  /** The steps that were taken. */
  readonly taken: readonly number[];
}

/** Trains to the end, unless a stop is requested while some step is under way. */
async function train(
  folder: string,
  plan: RunPlan,
  { first = 0, last = Number.POSITIVE_INFINITY, request = 'after-step' as StopRequest } = {},
): Promise<Attempt> {
  const taken: number[] = [];
  const outcome = await executeRun(plan, smallDigits, runFiles(folder, plan), {
    onStep: (done) => taken.push(done - 1),
    stopRequest: () => (first + taken.length >= last ? request : 'none'),
  });
  return { outcome, taken };
}

const checkpointsOf = (folder: string, { id }: RunPlan): string[] =>
  readdirSync(join(folder, 'checkpoints', id));

describe('a run that is asked to stop', () => {
  it.each(networks.map((network) => [(network as { name: string }).name, network]))(
    'finishes its step, goes on from there, and is in the end as if it had never stopped: %s',
    async (_, network) => {
      const plan = smallPlan({ ...tracks, architectures: [network] });
      const whole = studyFolder(plan);
      await train(whole, plan);
      const folder = studyFolder(plan);
      // Steps at which a layer, a track, nothing, and several things are measured.
      for (const [first, last] of [
        [0, 2],
        [3, 5],
        [6, 6],
        [7, 8],
      ]) {
        const { outcome, taken } = await train(folder, plan, { first, last });
        expect(taken).toEqual(Array.from({ length: last - first + 1 }, (_, i) => first + i));
        expect(outcome).toMatchObject({ stopped: `interrupted after step ${last}`, unfinished: true });
        expect(readRun(folder, plan.id)).toMatchObject({ complete: false, stopped: null });
      }
      expect((await train(folder, plan)).taken).toEqual([9, 10, 11]);
      expect(contentOf(folder)).toEqual(contentOf(whole));
    },
  );

  it('keeps the checkpoints that were asked for, and of its interruptions the last two', async () => {
    const plan = smallPlan({ checkpoints: { every: 5, at: [3] } });
    const whole = studyFolder(plan);
    await train(whole, plan);
    const folder = studyFolder(plan);
    await train(folder, plan, { last: 1 });
    await train(folder, plan, { first: 2, last: 2 });
    expect(checkpointsOf(folder, plan)).toEqual(
      ['step_00000', 'step_00001', 'step_00002'].map((name) => `${name}.safetensors`),
    );
    // At a step that is saved anyway.
    await train(folder, plan, { first: 3, last: 5 });
    await train(folder, plan, { first: 6, last: 7 });
    expect(checkpointsOf(folder, plan)).toEqual(
      ['step_00000', 'step_00003', 'step_00005', 'step_00007'].map((name) => `${name}.safetensors`),
    );
    await train(folder, plan);
    expect(contentOf(folder)).toEqual(contentOf(whole));
  });

  it('is complete if only its last step was left', async () => {
    const plan = smallPlan();
    const folder = studyFolder(plan);
    const { outcome } = await train(folder, plan, { last: 11 });
    expect(outcome).toMatchObject({ stopped: null, unfinished: false });
    expect(readRun(folder, plan.id).complete).toBe(true);
  });

  it('writes nothing more if it is another’s by now', async () => {
    const plan = smallPlan({ measurement: { every: 1, samples: 20 }, checkpoints: { every: 1 } });
    const folder = studyFolder(plan);
    const { outcome } = await train(folder, plan, { last: 3, request: 'at-once' });
    expect(outcome).toMatchObject({ stopped: 'taken over by another process', unfinished: true });
    expect(Array.from(readRun(folder, plan.id).steps)).toEqual([0, 1, 2]);
    expect(checkpointsOf(folder, plan)).toHaveLength(3);
  });

  it('loses nothing if it is killed while it takes up its log again', async () => {
    const plan = smallPlan({ measurement: { every: 1, samples: 20 } });
    const whole = studyFolder(plan);
    await train(whole, plan);
    const folder = studyFolder(plan);
    await train(folder, plan, { last: 6 });
    const files = runFiles(folder, plan);
    const killed: RunFiles = {
      ...files,
      openLog: (header, begin) =>
        files.openLog(header, (log) => {
          let left = 3;
          const writeStep: RunWriter['writeStep'] = (record) => {
            if (left-- === 0) throw new Error('killed');
            log.writeStep(record);
          };
          begin({ ...log, writeStep });
        }),
    };
    await expect(executeRun(plan, smallDigits, killed)).rejects.toThrow('killed');
    expect((await train(folder, plan)).taken).toEqual([7, 8, 9, 10, 11]);
    expect(contentOf(folder)).toEqual(contentOf(whole));
  });

  it('removes the checkpoints of interruptions also if its loss becomes no number', async () => {
    const plan = smallPlan({
      architectures: [{ name: 'tiny', family: 'mlp', hidden: [64, 64, 64] }],
      training: { steps: 12, examples: 64, optimizer: 'sgd', learningRate: 10 },
    });
    const huge = { ...smallDigits, inputs: smallDigits.inputs.map((x) => x * 1e3) };
    const folder = studyFolder(plan);
    await executeRun(plan, huge, runFiles(folder, plan), { stopRequest: () => 'after-step' });
    expect(checkpointsOf(folder, plan)).toHaveLength(1);
    const { stopped } = await executeRun(plan, huge, runFiles(folder, plan));
    expect(stopped).toMatch(/^the (loss|gradient norm) is/);
    expect(Object.keys(contentOf(folder))).toEqual(['manifest.json', 'runs', `runs/${plan.id}.jsonl`]);
  });
});
