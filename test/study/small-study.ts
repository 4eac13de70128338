import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { drawnDigits } from '../../src/datasets/drawn-digits.ts';
import type { RunPlan } from '../../src/study/run-plan.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { checkStudyFile, type StudyFile, type StudyFileInput } from '../../src/study/study-file.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-study-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A study of one network so small that a run takes a moment. */
export function smallStudy(changes: Partial<StudyFileInput> = {}): StudyFile {
  return checkStudyFile(
    {
      title: 'Small',
      architectures: [{ name: 'tiny', family: 'mlp', hidden: [8, 6] }],
      datasets: ['drawn_digits'],
      seeds: [0],
      training: { steps: 12, examples: 64, batchSize: 16 },
      measurement: { every: 5, samples: 20 },
      evaluation: { every: 4, examples: 40 },
      ...changes,
    },
    'small',
  );
}

export function smallPlan(changes: Partial<StudyFileInput> = {}): RunPlan {
  return planRuns(smallStudy(changes))[0];
}

export const smallDigits = drawnDigits({ count: 200, seed: 'small' });

/** Tests that train on worker threads, which run the compiled program: `npm test` builds it first. */
export function describeWithWorkers(title: string, tests: () => void): void {
  if (existsSync(resolve(import.meta.dirname, '../../dist/study/run-worker.js'))) {
    describe(title, tests);
    return;
  }
  console.warn(`skipped: ${title} (dist/study/run-worker.js is absent; npm run build makes it)`);
  describe.skip(title, () => {});
}
