import { afterAll, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { chooseExamples } from '../../src/study/choose-examples.ts';
import { measureHere } from '../../src/study/measurer.ts';
import { measuringThread } from '../../src/study/measuring-pool.ts';
import { type NetworkReader, type ReadingJob, readingJob } from '../../src/study/network-reader.ts';
import { planModel } from '../../src/study/plan-model.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { initialWeights, type NamedTensors } from '../../src/training/train.ts';
import { copyTensors } from '../../src/training/training-state.ts';
import { describeWithWorkers, smallDigits, smallPlan } from './small-study.ts';

function networkOf(architecture: StudyFileInput['architectures'][number]): {
  job: ReadingJob;
  weights: NamedTensors[];
} {
  const plan = smallPlan({ architectures: [architecture], measurement: { every: 1, samples: 45 } });
  const model = planModel(plan, smallDigits);
  return {
    job: readingJob(plan, chooseExamples(plan, smallDigits), null),
    weights: [1, 2, 3, 4, 5, 6].map((seed) => initialWeights(model, createRandom(seed))),
  };
}

/** Everything that can be read, at one set of weights after another, none waited for; and as training does, changed at once. */
function readAll(reader: NetworkReader, weights: readonly NamedTensors[]): Promise<unknown[]> {
  const live = copyTensors(weights[0]);
  return Promise.all(
    weights.flatMap((given) => {
      for (const [name, { data }] of given) live.get(name)!.data.set(data);
      return (['layers', 'evaluation', 'weights'] as const).map((reading) => reader.read(reading, live));
    }),
  );
}

describeWithWorkers('a measuring thread', () => {
  const dense = networkOf({ name: 'dense', family: 'mlp', hidden: [6, 5] });
  const filters = networkOf({ name: 'filters', family: 'cnn', channels: [2, 3] });
  const thread = measuringThread();
  afterAll(() => thread.close());

  async function readAlone({ job, weights }: typeof dense): Promise<unknown[]> {
    const reader = await measureHere.open(job);
    const readings: unknown[] = [];
    for (const given of weights) readings.push(...(await readAll(reader, [given])));
    await reader.close();
    return readings;
  }

  it.each([
    ['an MLP', dense],
    ['a CNN', filters],
  ])('answers for %s as the calling thread does, however many readings are under way', async (_, network) => {
    const reader = await thread.open(network.job);
    const readings = await readAll(reader, network.weights);
    expect(readings).toEqual(await readAlone(network));
    await reader.close();
  });

  it('keeps two networks apart that are read by turns', async () => {
    const [first, second] = [await thread.open(dense.job), await thread.open(filters.job)];
    const readings = await Promise.all([readAll(first, dense.weights), readAll(second, filters.weights)]);
    await first.close();
    readings.push(await readAll(second, filters.weights));
    await second.close();
    const [alone, other] = [await readAlone(dense), await readAlone(filters)];
    expect(readings).toEqual([alone, other, other]);
  });

  it('says at every reading why it cannot answer', async () => {
    const other = measuringThread();
    const reader = await other.open(dense.job);
    const reading = reader.read('layers', filters.weights[0]);
    await expect(reading).rejects.toThrow();
    await expect(reader.read('layers', dense.weights[0])).rejects.toThrow();
    await other.close();
  });
});
