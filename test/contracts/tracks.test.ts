import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { openDataset, type StudyDataset } from '../../src/study/dataset-store.ts';
import { executeRun } from '../../src/study/execute-run.ts';
import { measureHere } from '../../src/study/measurer.ts';
import { planModel } from '../../src/study/plan-model.ts';
import type { RunPlan } from '../../src/study/run-plan.ts';
import { runFiles } from '../../src/study/run-store.ts';
import { type StudyFileInput, studySchema } from '../../src/study/study-schema.ts';
import { trackKinds } from '../../src/study/tracks/track-meters.ts';
import { sampleManifest } from '../measurements/fixtures.ts';
import { smallDigits, smallPlan, temporaryFolder } from '../study/small-study.ts';

/** What every kind of track keeps, a new one too: it is tested by standing in the registry. */

const noStop = { measurer: measureHere };

function newStudy({ id }: RunPlan): string {
  const folder = temporaryFolder();
  createStudy(folder, sampleManifest([id]));
  return folder;
}

/** Studies that a kind of track can measure, where it cannot measure any. */
const studiesOf: Readonly<Record<string, Partial<StudyFileInput>>> = {
  modes: {
    architectures: [{ name: 'linear', family: 'mlp', hidden: [4], nonlinearity: 'linear', paths: 2 }],
    datasets: [
      { name: 'teacher', kind: 'linear_teacher', inputs: 4, outputs: 3, singularValues: [2, 1], copies: 2 },
    ],
    split: 'same',
    training: { steps: 12, examples: 8, batchSize: 8, loss: 'half-squared-error' },
    measurement: { every: 5, samples: 8 },
    evaluation: { examples: 8 },
  },
  features: {
    architectures: [{ name: 'toy', family: 'autoencoder', hidden: 2 }],
    datasets: [{ name: 'sparse', kind: 'sparse_features', features: 5, density: 0.3, count: 200 }],
    training: { steps: 12, examples: 64, batchSize: 16, loss: 'squared-error' },
  },
  predictors: {
    architectures: [{ name: 'small', family: 'decoder', width: 4, heads: 1, blocks: 1 }],
    datasets: [{ name: 'chains', kind: 'markov_chains', symbols: 3, length: 6, count: 200 }],
  },
};

const planOf = (key: string, changes: Partial<StudyFileInput> = {}): RunPlan =>
  smallPlan({ ...studiesOf[key], checkpoints: { at: [7] }, ...changes });

const dataOf = (plan: RunPlan): StudyDataset =>
  plan.synthetic === undefined ? smallDigits : openDataset(plan);

async function logOf(plan: RunPlan, folder = newStudy(plan)): Promise<{ folder: string; log: Buffer }> {
  await executeRun(plan, dataOf(plan), runFiles(folder, plan), noStop);
  return { folder, log: readFileSync(join(folder, 'runs', `${plan.id}.jsonl`)) };
}

describe.each(trackKinds.map((kind) => [kind.key, kind] as const))('the track %s', (key, kind) => {
  // A network that has what is measured: attention, for one.
  const network: Partial<StudyFileInput> =
    kind.has?.(planOf(key)) === false
      ? { architectures: [{ name: 'tiny', family: 'transformer', width: 8, heads: 2, blocks: 1 }] }
      : {};
  const plan = planOf(key, { ...network, [key]: { every: 3 } });
  const data = dataOf(plan);
  const meter = kind.open(plan, planModel(plan, data), data);

  it('is a key of study files, measured where it is asked for', () => {
    expect(Object.keys(studySchema.shape)).toContain(key);
    expect([0, 1, 2, 3].map((step) => meter.isDue(step))).toEqual([true, false, false, true]);
    expect(meter.header.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(new Set(trackKinds.map((other) => other.key)).size).toBe(trackKinds.length);
  });

  it('logs every series of every subject at every due step: a number, or the reason why there is none', async () => {
    const { folder } = await logOf(plan);
    const track = readRun(folder, plan.id).tracks!.find(({ id }) => id === meter.header.id)!;
    expect(Array.from(track.steps)).toEqual([0, 3, 6, 9]);
    expect(track.subjects.map(({ name }) => name)).toEqual(meter.header.subjects.map(({ name }) => name));
    for (const { series, singularValues } of track.subjects) {
      expect([...series.keys()]).toEqual([...meter.header.series]);
      for (const { values, undetermined } of series.values()) {
        expect(values).toHaveLength(4);
        const reasons = new Map(undetermined.map(({ index, reason }) => [index, reason]));
        values.forEach((value, i) => {
          if (Number.isFinite(value)) expect(reasons.has(i)).toBe(false);
          else expect(reasons.get(i)).toMatch(/\S/);
        });
      }
      expect(singularValues === null).toBe(!meter.header.spectra);
    }
  });

  it('changes nothing else of the run, and is the same again', async () => {
    const [{ log }, again] = [await logOf(plan), await logOf(plan)];
    expect(again.log.equals(log)).toBe(true);
    const without = (text: Buffer): string[] =>
      text
        .toString()
        .split('\n')
        .slice(1)
        .flatMap((line) => {
          if (line === '' || line.includes('"track":') || line.includes('"end":')) return [];
          const { n: _, crc: __, ...record } = JSON.parse(line) as Record<string, unknown>;
          return [JSON.stringify(record)];
        });
    const plain = await logOf(planOf(key, network));
    expect(without(log)).toEqual(without(plain.log));
  });

  it('goes on from a checkpoint to the same bytes', async () => {
    const { folder, log } = await logOf(plan);
    // As a kill leaves it: cut in the middle of a record after the checkpoint.
    const lines = log.toString().split('\n');
    const cut = Math.floor(lines.length * 0.8);
    const at = createRandom('cut').integer(lines[cut].length - 2) + 1;
    writeFileSync(
      join(folder, 'runs', `${plan.id}.jsonl`),
      [...lines.slice(0, cut), lines[cut].slice(0, at)].join('\n'),
    );
    expect((await logOf(plan, folder)).log.equals(log)).toBe(true);
  });
});
