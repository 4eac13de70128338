import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { analyzeStudyIn } from '../../src/workbench/examine-study.ts';
import { scratchFolder } from '../cli/rankscope.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { noisy } from '../dynamics/planted-series.ts';
import { sampleManifest } from '../measurements/fixtures.ts';

const rng = createRandom('analysis pool');

/** Two networks with two seeds each, and one run alone, in an order that is not theirs. */
const runs = ['a-1', 'b-1', 'alone-1', 'a-2', 'b-2'].map((id) => {
  const [architecture, seed] = id.split('-');
  const random = rng.fork(id);
  return plantedRun(
    [noisy((i) => (i < 100 ? 2 : 5), 0.2, random.fork('jump')), noisy(() => 3, 0.2, random.fork('still'))],
    { id, architecture, seed: Number(seed) },
  );
});

function studyOf(): string {
  const folder = join(scratchFolder(), 'study');
  createStudy(folder, sampleManifest(runs.map(({ id }) => id)));
  for (const run of runs) writeRun(folder, run);
  return folder;
}

describe('a study that is analyzed on several threads', () => {
  it('has the same analysis, to the byte, for any number of them', async () => {
    const study = studyOf();
    const [alone, two, many] = await Promise.all(
      [1, 2, 9].map(async (workers) => JSON.stringify(await analyzeStudyIn(study, { workers }))),
    );
    expect(two).toBe(alone);
    expect(many).toBe(alone);
  });

  it('keeps runs and groups in the order of the study, whoever answers first', async () => {
    const study = studyOf();
    const { analysis } = await analyzeStudyIn(study, { workers: 3 });
    expect(analysis.runs.map(({ runId }) => runId)).toEqual(runs.map(({ id }) => id));
    expect(analysis.seedGroups.map((group) => group.runs)).toEqual([
      ['a-1', 'a-2'],
      ['b-1', 'b-2'],
    ]);
  });

  it('tells the progress of runs and groups until all are done', async () => {
    const study = studyOf();
    const told: string[] = [];
    await analyzeStudyIn(study, {
      workers: 2,
      onProgress: ({ done, total }) => told.push(`${done}/${total}`),
    });
    expect(told).toEqual(['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
  });

  it('names what is wrong with its choice as one thread does', async () => {
    const study = studyOf();
    for (const workers of [1, 2]) {
      await expect(analyzeStudyIn(study, { workers, against: ['nobody'] })).rejects.toThrow(InputError);
      await expect(analyzeStudyIn(study, { workers, metric: 'nothing' })).rejects.toThrow(/stable_rank/);
    }
  });

  it('is refused for a number of threads below one', async () => {
    const study = studyOf();
    await expect(analyzeStudyIn(study, { workers: 0 })).rejects.toThrow(InputError);
  });
});
