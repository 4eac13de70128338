import { appendFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { logPath } from '../../src/measurements/log-store.ts';
import { noCache } from '../../src/workbench/analysis-cache-store.ts';
import { AnalysisPool, threadHeap } from '../../src/workbench/analysis-pool.ts';
import { analyzeStudyIn } from '../../src/workbench/examine-study.ts';
import { runsWithSeeds as runs, studyOfSeeds } from './study-of-seeds.ts';

describe('a study that is analyzed on several threads', () => {
  it('has the same analysis, to the byte, for any number of them', async () => {
    const study = studyOfSeeds();
    const [alone, two, many] = await Promise.all(
      [1, 2, 9].map(async (workers) => JSON.stringify(await analyzeStudyIn(study, { workers }))),
    );
    expect(two).toBe(alone);
    expect(many).toBe(alone);
  });

  it('keeps runs and groups in the order of the study, whoever answers first', async () => {
    const study = studyOfSeeds();
    const { analysis } = await analyzeStudyIn(study, { workers: 3 });
    expect(analysis.runs.map(({ runId }) => runId)).toEqual(runs.map(({ id }) => id));
    expect(analysis.seedGroups.map((group) => group.runs)).toEqual([
      ['a-1', 'a-2'],
      ['b-1', 'b-2'],
    ]);
  });

  it('tells the progress of runs and groups until all are done', async () => {
    const study = studyOfSeeds();
    const told: string[] = [];
    await analyzeStudyIn(study, {
      workers: 2,
      onProgress: ({ stage, done, total }) => told.push(`${stage} ${done}/${total}`),
    });
    expect(told).toEqual([
      ...[1, 2, 3, 4, 5].map((done) => `reading ${done}/5`),
      ...[1, 2, 3, 4, 5, 6, 7].map((done) => `analyzing ${done}/7`),
    ]);
  });

  it('names what is wrong with its choice as one thread does', async () => {
    const study = studyOfSeeds();
    for (const workers of [1, 2]) {
      await expect(analyzeStudyIn(study, { workers, against: ['nobody'] })).rejects.toThrow(InputError);
      await expect(analyzeStudyIn(study, { workers, metric: 'nothing' })).rejects.toThrow(/stable_rank/);
    }
  });

  it('is refused for a number of threads below one', async () => {
    const study = studyOfSeeds();
    await expect(analyzeStudyIn(study, { workers: 0 })).rejects.toThrow(InputError);
  });

  it('has the same answers where a thread has too little memory for them', async () => {
    const study = studyOfSeeds();
    const parts = runs.map(({ id }) => ({ about: 'facts' as const, id }));
    const job = { directory: study };
    const starved = new AnalysisPool(job, noCache, 2, 4);
    const answersOf = async (pool: AnalysisPool) => {
      const answers = new Map<string, unknown>();
      await pool.answer(parts, ({ id }, answer) => answers.set(id, answer));
      return answers;
    };
    const wanted = await answersOf(new AnalysisPool(job, noCache, 1));
    expect([...wanted.keys()]).toEqual(runs.map(({ id }) => id));
    try {
      expect(await answersOf(starved)).toEqual(wanted);
    } finally {
      await starved.close();
    }
  });

  it('leaves even one part to a thread where there is something else to do meanwhile', async () => {
    const job = { directory: studyOfSeeds() };
    const pool = new AnalysisPool(job, noCache, 2);
    const part = { about: 'facts' as const, id: 'a-1' };
    const here = vi.spyOn(pool, 'answerHere');
    let found: unknown;
    try {
      await pool.answer([part], (_, answer) => (found = answer), { meanwhile: true });
      expect(here).not.toHaveBeenCalled();
      expect(found).toEqual(pool.answerHere(part));
    } finally {
      await pool.close();
    }
  });

  it('leaves a thread room for the largest log many times over', () => {
    const study = studyOfSeeds();
    const ids = runs.map(({ id }) => id);
    const heap = threadHeap(study, ids)!;
    appendFileSync(logPath(study, 'a-1'), Buffer.alloc(2 ** 23));
    expect(threadHeap(study, ids)! - heap).toBe(8 * 32);
    expect(threadHeap(study, ids, ['b-1'])).toBeUndefined();
  });
});
