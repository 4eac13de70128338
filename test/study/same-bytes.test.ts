import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRun } from '../../src/measurements/log-store.ts';
import { openDataset } from '../../src/study/dataset-store.ts';
import { executeRun } from '../../src/study/execute-run.ts';
import { measureHere } from '../../src/study/measurer.ts';
import { measuringThread } from '../../src/study/measuring-pool.ts';
import { planRuns, type RunPlan } from '../../src/study/run-plan.ts';
import { executeRuns } from '../../src/study/run-pool.ts';
import { runFiles } from '../../src/study/run-store.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { patience } from '../requirements.ts';
import { describeWithWorkers, noiseAsMnist, smallStudy, temporaryFolder } from './small-study.ts';

/**
 * One network of each family, with everything measured after every step. More examples are read than are trained on, in
 * numbers that no chunk divides: the measuring thread falls behind, and the training thread helps.
 */
const dataFolder = noiseAsMnist();
const networks: StudyFileInput['architectures'] = [
  { name: 'dense', family: 'mlp', hidden: [6] },
  { name: 'filters', family: 'cnn', channels: [2] },
  { name: 'reader', family: 'transformer', width: 4, heads: 2, blocks: 1 },
];

function plansOf(architectures: StudyFileInput['architectures'], threads: number): RunPlan[] {
  return planRuns(
    smallStudy({
      architectures,
      datasets: ['mnist'],
      dataFolder,
      training: { steps: 10, examples: 64, batchSize: 4, threads },
      measurement: { every: 1, samples: 70, layers: 'all' },
      evaluation: { every: 1, examples: 63 },
      weights: { every: 1 },
      gradientNoise: { every: 1, examples: 64 },
      sharpness: { every: 1, examples: 8, iterations: 1 },
      hessian: { every: 1, examples: 8, probes: 1, steps: 1 },
    }),
  );
}

const logIn = (folder: string, { id }: RunPlan): string =>
  readFileSync(join(folder, 'runs', `${id}.jsonl`), 'utf8');

async function logsOf(plans: readonly RunPlan[], workers: number): Promise<string[]> {
  const folder = temporaryFolder();
  await executeRuns(folder, plans, workers);
  return plans.map((plan) => logIn(folder, plan));
}

describeWithWorkers('the same seed gives the same bytes', () => {
  for (const threads of patience.missing === null ? [1, 2] : [2]) {
    it(`whatever the number of workers, at ${threads} threads`, async () => {
      const plans = plansOf(networks, threads);
      const alone = await logsOf(plans, 1);
      for (const workers of [2, 4]) {
        expect(await logsOf(plans, workers), `${workers} workers`).toEqual(alone);
      }
      // Fewer runs than workers: the run has a thread that measures.
      expect(await logsOf([plans[1]], 2)).toEqual([alone[1]]);
    });

    it(`however late the measuring thread answers, at ${threads} threads`, async () => {
      const slow = measuringThread(new URL('./slow-measuring-worker.mjs', import.meta.url));
      const data = openDataset({ dataset: 'mnist', dataFolder: dataFolder });
      for (const plan of plansOf(networks, threads)) {
        const folders = [temporaryFolder(), temporaryFolder()];
        await executeRun(plan, data, runFiles(folders[0], plan), { measurer: measureHere });
        await executeRun(plan, data, runFiles(folders[1], plan), { measurer: slow });
        expect(logIn(folders[1], plan), plan.id).toBe(logIn(folders[0], plan));
        const { steps, evaluations, tracks } = readRun(folders[1], plan.id);
        const measured = [steps, evaluations, ...tracks!.map((track) => track.steps)];
        expect(measured.map(({ length }) => length)).toEqual([10, 10, 10, 10, 10, 10]);
      }
      await slow.close();
    });
  }
});
