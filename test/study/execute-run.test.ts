import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { readRun } from '../../src/measurements/log-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { chooseExamples } from '../../src/study/choose-examples.ts';
import type { StudyDataset } from '../../src/study/dataset-store.ts';
import { executeRun, type RunOutcome } from '../../src/study/execute-run.ts';
import { type Measurer, measureHere } from '../../src/study/measurer.ts';
import type { RunPlan } from '../../src/study/run-plan.ts';
import { type RunFiles, runFiles } from '../../src/study/run-store.ts';
import { copyTensors } from '../../src/training/training-state.ts';
import { smallDigits, smallPlan, temporaryFolder } from './small-study.ts';

interface Executed {
  readonly outcome: RunOutcome;
  readonly run: Run;
  readonly bytes: Buffer;
}

function logPath(folder: string, { id }: RunPlan): string {
  return join(folder, 'runs', `${id}.jsonl`);
}

async function execute(
  plan: RunPlan,
  data: StudyDataset = smallDigits,
  measurer: Measurer = measureHere,
): Promise<Executed> {
  const folder = temporaryFolder();
  const outcome = await executeRun(plan, data, runFiles(folder, plan), { measurer });
  const bytes = readFileSync(logPath(folder, plan));
  return { outcome, run: readRun(folder, plan.id), bytes };
}

/** Reads as `measureHere` does, but answers late, as a thread of its own may. */
function late(delay: number): Measurer {
  return {
    ahead: 4,
    open: async (job) => {
      const reader = await measureHere.open(job);
      let last: Promise<unknown> = Promise.resolve();
      return {
        read: async (reading, weights) => {
          const copy = copyTensors(weights);
          const before = last;
          const answer = before.then(async () => {
            await new Promise((resolve) => setTimeout(resolve, delay));
            return reader.read(reading, copy);
          });
          last = answer.catch(() => {});
          return answer;
        },
        close: async () => {
          await last;
          await reader.close();
        },
      };
    },
  };
}

describe('executeRun with readings under way while it trains', () => {
  const plan = smallPlan({ measurement: { every: 1, samples: 20 }, weights: { every: 2 } });

  it('leaves the log that reading at once leaves', async () => {
    const [atOnce, later] = [await execute(plan), await execute(plan, smallDigits, late(5))];
    expect(later.bytes.equals(atOnce.bytes)).toBe(true);
    expect(later.outcome).toEqual(atOnce.outcome);
  });

  it('ends in an error if a reading fails', async () => {
    const measurer: Measurer = {
      ahead: 4,
      open: async () => ({
        read: async () => {
          throw new Error('the reading thread died');
        },
        close: async () => {},
      }),
    };
    await expect(execute(plan, smallDigits, measurer)).rejects.toThrow('the reading thread died');
  });
});

describe('executeRun', () => {
  it('leaves a log that reads back as the complete run', async () => {
    const plan = smallPlan();
    const { run, outcome } = await execute(plan);
    expect(outcome).toMatchObject({ id: plan.id, stopped: null });
    expect(run).toMatchObject({
      id: 'tiny_drawn_digits_seed0',
      architecture: 'tiny',
      family: 'mlp',
      dataset: 'drawn_digits',
      classes: 10,
      seed: 0,
      parameterCount: 784 * 8 + 8 + 8 * 6 + 6 + 6 * 10 + 10,
      plannedSteps: 12,
      complete: true,
      stopped: null,
    });
    expect(Array.from(run.steps)).toEqual([0, 5, 10]);
    expect(run.layers.map(({ name, samples, features }) => [name, samples, features])).toEqual([
      ['network.0', 20, 8],
      ['network.2', 20, 6],
      ['network.4', 20, 10],
    ]);
    expect(run.evaluations.at(-1)).toMatchObject({ step: 11, accuracy: outcome.accuracy, examples: 40 });
    for (const { series, spectra } of run.layers) {
      expect(series.get('stable_rank')!.values.every((rank) => rank >= 1)).toBe(true);
      expect(spectra!.centered).toHaveLength(3);
    }
  });

  it('gives byte-identical logs for one seed, and others for another', async () => {
    const once = await execute(smallPlan());
    const again = await execute(smallPlan());
    const other = await execute(smallPlan({ seeds: [1] }));
    expect(again.bytes.equals(once.bytes)).toBe(true);
    expect(other.run.loss[0]).not.toBe(once.run.loss[0]);
    expect(other.run.probe).not.toEqual(once.run.probe);
  });

  it('trains, probes and evaluates on examples that have none in common', async () => {
    // Every example is wanted, so that the parts can only be disjoint if each example is used once.
    const plan = smallPlan({
      training: { steps: 1, examples: 140, batchSize: 16 },
      measurement: { every: 1, samples: 20 },
    });
    const { run } = await execute(plan);
    const { examples } = run.probe!;
    expect(new Set(examples).size).toBe(20);
    expect(examples.every((id) => id < smallDigits.count)).toBe(true);
    const { training, probe, evaluation } = chooseExamples(plan, smallDigits);
    expect(Array.from(probe.ids)).toEqual(examples);
    expect(new Set([...training.ids, ...probe.ids, ...evaluation.ids]).size).toBe(200);
    await expect(execute({ ...plan, training: { ...plan.training, examples: 141 } })).rejects.toThrow(
      new InputError({
        field: 'dataset drawn_digits',
        value: '200 examples',
        allowed: 'at least 201: 141 to train on, 20 to probe, 40 to evaluate',
      }),
    );
  });

  it('reports every step', async () => {
    const done: number[] = [];
    const plan = smallPlan();
    await executeRun(plan, smallDigits, runFiles(temporaryFolder(), plan), {
      onStep: (steps) => done.push(steps),
    });
    expect(done).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  });

  it('evaluates from the first step on, and at the last', async () => {
    const { run } = await execute(smallPlan());
    expect(run.evaluations.map(({ step }) => step)).toEqual([0, 4, 8, 11]);
    const chosen = await execute(smallPlan({ evaluation: { every: 100, at: [3], examples: 40 } }));
    expect(chosen.run.evaluations.map(({ step }) => step)).toEqual([0, 3, 11]);
  });

  it('refuses labels that the network has no class for', async () => {
    const labels = smallDigits.labels.map((label) => (label === 9 ? 200 : label));
    await expect(execute(smallPlan(), { ...smallDigits, labels })).rejects.toThrow(
      /labels\[\d+\] is 200; allowed: 0 to 9/,
    );
  });
});

describe('a run that measures one spectrum only', () => {
  it.each(['centered', 'raw'] as const)('logs it, reads back and says so: %s', async (variant) => {
    const { run } = await execute(smallPlan({ measurement: { every: 5, samples: 20, spectra: [variant] } }));
    const { series, spectra } = run.layers[0];
    expect(spectra![variant]).toHaveLength(3);
    expect(spectra![variant === 'raw' ? 'centered' : 'raw']).toBeNull();
    expect([...series.keys()].every((id) => id.endsWith('.raw') === (variant === 'raw'))).toBe(true);
    expect(series.size).toBe(variant === 'raw' ? 6 : 7);
  });
});

describe('a run whose loss becomes no number', () => {
  const plan = smallPlan({
    architectures: [{ name: 'tiny', family: 'mlp', hidden: [64, 64, 64] }],
    training: { steps: 12, examples: 64, optimizer: 'sgd', learningRate: 10 },
    measurement: { every: 1, samples: 20 },
  });
  const huge = { ...smallDigits, inputs: smallDigits.inputs.map((x) => x * 1e3) };

  it('stops and says at which step, and what was logged is there', async () => {
    const { outcome, run } = await execute(plan, huge);
    const step = Number(/^the (?:loss|gradient norm) is \S+ at step (\d+)$/.exec(outcome.stopped!)?.[1]);
    expect(step).toBeGreaterThan(0);
    expect(run).toMatchObject({ complete: false, stopped: outcome.stopped });
    expect(Array.from(run.steps)).toEqual(Array.from({ length: step }, (_, i) => i));
    expect(outcome.unfinished).toBe(false);
  });

  it('has in its log what was being read when it stopped', async () => {
    const [atOnce, later] = [await execute(plan, huge), await execute(plan, huge, late(5))];
    expect(later.outcome).toEqual(atOnce.outcome);
    expect(later.bytes.equals(atOnce.bytes)).toBe(true);
  });
});

describe('a run that fills the disk', () => {
  const plan = smallPlan();

  /** Files on a disk with room for so many measurements; the next one is torn in the middle. */
  function filesOnFullDisk(folder: string, room: number): RunFiles {
    const files = runFiles(folder, plan);
    return {
      ...files,
      openLog: (header, begin) => {
        const log = files.openLog(header, begin);
        let left = room;
        return {
          ...log,
          writeStep: (record) => {
            if (left-- > 0) return log.writeStep(record);
            appendFileSync(logPath(folder, plan), '{"step":10,"loss":0.1');
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          },
        };
      },
    };
  }

  it('stops, and what was complete stays readable', async () => {
    const folder = temporaryFolder();
    const outcome = await executeRun(plan, smallDigits, filesOnFullDisk(folder, 2));
    expect(outcome).toMatchObject({ stopped: 'the disk is full', unfinished: true });
    const run = readRun(folder, plan.id);
    expect(Array.from(run.steps)).toEqual([0, 5]);
    expect(run.evaluations.map(({ step }) => step)).toEqual([0, 4, 8]);
    expect(run).toMatchObject({ complete: false, stopped: null });
  });

  it('comes out as without the interruption once there is room', async () => {
    const folder = temporaryFolder();
    await executeRun(plan, smallDigits, filesOnFullDisk(folder, 2));
    await executeRun(plan, smallDigits, runFiles(folder, plan));
    expect(readFileSync(logPath(folder, plan)).equals((await execute(plan)).bytes)).toBe(true);
  });

  it('lets other faults through', async () => {
    const files = runFiles(temporaryFolder(), plan);
    const broken: RunFiles = {
      ...files,
      openLog: () => {
        throw new Error('broken');
      },
    };
    await expect(executeRun(plan, smallDigits, broken)).rejects.toThrow('broken');
  });
});
