import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { drawnDigits } from '../../src/datasets/drawn-digits.ts';
import { createRandom } from '../../src/numerics/random.ts';
import type { StudyDataset } from '../../src/study/dataset-store.ts';
import type { RunPlan } from '../../src/study/run-plan.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { checkStudyFile, type StudyFile, type StudyFileInput } from '../../src/study/study-file.ts';
import { compiledProgram } from '../compiled-program.ts';
import { describeWith } from '../requirements.ts';

/** A folder that is gone after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-study-'));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

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

export const smallDigits: StudyDataset = {
  ...drawnDigits({ count: 200, seed: 'small' }),
  vocabulary: null,
};

/** A folder with 200 images of noise under the names of MNIST's files, which opens faster than digits are drawn. */
export function noiseAsMnist(folder = temporaryFolder()): string {
  const count = 200;
  const random = createRandom('noise');
  const bytes = (shape: number[], values: number[]): Uint8Array => {
    const header = Buffer.alloc(4 + 4 * shape.length);
    header.writeUInt32BE(0x0800 + shape.length, 0);
    shape.forEach((extent, i) => {
      header.writeUInt32BE(extent, 4 + 4 * i);
    });
    return Buffer.concat([header, Uint8Array.from(values)]);
  };
  const draw = (length: number, below: number): number[] =>
    Array.from({ length }, () => random.integer(below));
  writeFileSync(join(folder, 'train-images-idx3-ubyte'), bytes([count, 28, 28], draw(count * 784, 256)));
  writeFileSync(join(folder, 'train-labels-idx1-ubyte'), bytes([count], draw(count, 10)));
  return folder;
}

/** Tests that train on worker threads, which run the compiled program: `npm test` builds it first. */
export function describeWithWorkers(title: string, tests: () => void): void {
  describeWith(compiledProgram('study/run-worker.js'), title, tests);
}
