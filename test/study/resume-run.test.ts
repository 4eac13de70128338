import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { executeRun } from '../../src/study/execute-run.ts';
import type { RunPlan } from '../../src/study/run-plan.ts';
import { runFiles } from '../../src/study/run-store.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { smallNetworks as networks, studyFolder } from './one-run-study.ts';
import { smallDigits, smallPlan } from './small-study.ts';

const options: Partial<StudyFileInput> = {
  training: { steps: 12, examples: 64, batchSize: 16, schedule: 'cosine', warmup: 3 },
  checkpoints: { every: 5, at: [3] },
  weights: { every: 4 },
  gradientNoise: { at: [1, 7], examples: 64 },
  sharpness: { at: [2, 8], examples: 20, iterations: 3 },
};

const logOf = (folder: string, { id }: RunPlan): string => join(folder, 'runs', `${id}.jsonl`);
const checkpointsOf = (folder: string, { id }: RunPlan): string => join(folder, 'checkpoints', id);

/** Trains and reports the steps that were actually taken. */
async function trainInto(folder: string, plan: RunPlan): Promise<number[]> {
  const taken: number[] = [];
  await executeRun(plan, smallDigits, runFiles(folder, plan), { onStep: (done) => taken.push(done - 1) });
  return taken;
}

function allFiles(folder: string, plan: RunPlan): Record<string, string> {
  const names = readdirSync(checkpointsOf(folder, plan));
  return Object.fromEntries([
    ['log', readFileSync(logOf(folder, plan), 'base64')],
    ...names.map((name) => [name, readFileSync(join(checkpointsOf(folder, plan), name), 'base64')]),
  ]);
}

/** What a kill leaves: checkpoints up to a step, and a log that may reach further. */
function interrupt(folder: string, plan: RunPlan, checkpoints: readonly string[], keptShare: number): void {
  for (const name of readdirSync(checkpointsOf(folder, plan))) {
    if (!checkpoints.includes(name)) rmSync(join(checkpointsOf(folder, plan), name));
  }
  const log = logOf(folder, plan);
  truncateSync(log, Math.floor(statSync(log).size * keptShare));
}

describe('checkpoints', () => {
  it('are saved at the steps asked for', async () => {
    const plan = smallPlan(options);
    const folder = studyFolder(plan);
    await trainInto(folder, plan);
    expect(readdirSync(checkpointsOf(folder, plan)).toSorted()).toEqual([
      'step_00000.safetensors',
      'step_00003.safetensors',
      'step_00005.safetensors',
      'step_00010.safetensors',
    ]);
  });

  it.each(networks.map((network) => [(network as { name: string }).name, network]))(
    'let an interrupted run of %s go on to the same bytes',
    async (_, network) => {
      const plan = smallPlan({ ...options, architectures: [network] });
      const folder = studyFolder(plan);
      expect(await trainInto(folder, plan)).toHaveLength(12);
      const uninterrupted = allFiles(folder, plan);
      interrupt(
        folder,
        plan,
        ['step_00000.safetensors', 'step_00003.safetensors', 'step_00005.safetensors'],
        0.97,
      );
      expect(await trainInto(folder, plan)).toEqual([6, 7, 8, 9, 10, 11]);
      expect(allFiles(folder, plan)).toEqual(uninterrupted);
    },
  );

  it('are passed over where the log does not reach as far', async () => {
    const plan = smallPlan(options);
    const folder = studyFolder(plan);
    await trainInto(folder, plan);
    const uninterrupted = allFiles(folder, plan);
    const log = readFileSync(logOf(folder, plan), 'utf8');
    const secondMeasurement = log.indexOf('{"step":5,');
    interrupt(folder, plan, Object.keys(uninterrupted), secondMeasurement / log.length);
    expect((await trainInto(folder, plan))[0]).toBe(4);
    expect(allFiles(folder, plan)).toEqual(uninterrupted);
  });

  it('are passed over where a track does not reach as far, though the layers do', async () => {
    const plan = smallPlan({
      ...options,
      weights: { at: [2, 3] },
      gradientNoise: undefined,
      sharpness: undefined,
    });
    const folder = studyFolder(plan);
    await trainInto(folder, plan);
    const uninterrupted = allFiles(folder, plan);
    const log = readFileSync(logOf(folder, plan), 'utf8');
    const second = log.indexOf('{"track":{"id":"weights","step":3,');
    interrupt(folder, plan, ['step_00000.safetensors', 'step_00003.safetensors'], second / log.length);
    expect((await trainInto(folder, plan))[0]).toBe(1);
    expect(allFiles(folder, plan)).toEqual(uninterrupted);
  });

  it('are of no use without a log', async () => {
    const plan = smallPlan(options);
    const folder = studyFolder(plan);
    await trainInto(folder, plan);
    rmSync(logOf(folder, plan));
    expect((await trainInto(folder, plan))[0]).toBe(0);
  });

  it.each([
    [
      'another network',
      { architectures: [{ name: 'wider', family: 'mlp', hidden: [9] }] },
      /__metadata__\.run is "wider_/,
    ],
    [
      'other settings',
      { seeds: [0], training: { steps: 12, examples: 64, learningRate: 0.1 } },
      /__metadata__\.plan is/,
    ],
  ] as [string, Partial<StudyFileInput>, RegExp][])('of %s are refused', async (_, changes, message) => {
    const plan = smallPlan(options);
    const folder = studyFolder(plan);
    await trainInto(folder, plan);
    const other = smallPlan({ ...options, ...changes });
    const elsewhere = studyFolder(other);
    await trainInto(elsewhere, other);
    interrupt(folder, plan, [], 0.9);
    mkdirSync(checkpointsOf(folder, plan), { recursive: true });
    const foreign = readFileSync(join(checkpointsOf(elsewhere, other), 'step_00005.safetensors'));
    writeFileSync(join(checkpointsOf(folder, plan), 'step_00005.safetensors'), foreign);
    await expect(trainInto(folder, plan)).rejects.toThrow(message);
  });

  it.each<[string, (file: string) => void]>([
    ['cut', (file) => truncateSync(file, 1000)],
    ['changed in one bit of a weight', (file) => flipBit(file, statSync(file).size - 100)],
    ['changed in one bit of their metadata', (file) => flipBit(file, 100)],
    ['under the name of another step', (file) => cpSync(join(file, '..', 'step_00003.safetensors'), file)],
  ])('that are %s are passed over, which is said, and the bytes come out the same', async (_, damage) => {
    const plan = smallPlan(options);
    const folder = studyFolder(plan);
    await trainInto(folder, plan);
    const uninterrupted = allFiles(folder, plan);
    interrupt(folder, plan, Object.keys(uninterrupted), 0.97);
    damage(join(checkpointsOf(folder, plan), 'step_00010.safetensors'));
    const { remarks } = await executeRun(plan, smallDigits, runFiles(folder, plan));
    expect(remarks).toEqual([
      expect.stringMatching(
        /^A checkpoint is damaged, so it went on from step 5 \(.*step_00010\.safetensors: /,
      ),
    ]);
    expect(allFiles(folder, plan)).toEqual(uninterrupted);
  });

  it('of which none is whole leave the run to begin anew', async () => {
    const plan = smallPlan({ ...options, checkpoints: { at: [3, 5] } });
    const folder = studyFolder(plan);
    await trainInto(folder, plan);
    interrupt(folder, plan, ['step_00003.safetensors', 'step_00005.safetensors'], 0.97);
    for (const name of readdirSync(checkpointsOf(folder, plan))) {
      flipBit(join(checkpointsOf(folder, plan), name), 5000);
    }
    const { remarks } = await executeRun(plan, smallDigits, runFiles(folder, plan));
    expect(remarks).toEqual([expect.stringMatching(/^2 checkpoints are damaged, so it began anew \(/)]);
  });
});

function flipBit(file: string, position: number): void {
  const bytes = readFileSync(file);
  bytes[position] ^= 4;
  writeFileSync(file, bytes);
}
