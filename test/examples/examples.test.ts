import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleBlocks } from './example-blocks.ts';
import { nameAtHand, prepareFolder } from './names-at-hand.ts';
import { agrees, placeOf, runExample } from './run-example.ts';

/** Not run, each for its reason. */
const exceptions: Readonly<Record<string, string>> = {
  'checkpoints/npy.ts': 'speaks of a file of somebody else',
  'checkpoints/torch-archive.ts': 'speaks of a file of somebody else',
  'checkpoints/torch-index.ts': 'speaks of a file of somebody else',
  'datasets/download.ts': 'wants the network',
  'datasets/idx.ts': 'speaks of a file of somebody else',
  'errors/input-error.ts': 'throws, as it says',
  'measurements/live-log-store.ts': 'follows a log that grows',
  'published/check.ts': 'wants the published logs',
  'validity/curves/measure-growing.ts': 'takes minutes',
  'validity/curves/measure-nulls.ts': 'takes minutes',
  'validity/curves/measure-power.ts': 'takes minutes',
  'validity/curves/measure-seeds.ts': 'takes minutes',
  'validity/harness/validate-detector.ts': 'takes minutes',
  'workbench/known-store.ts': 'trains networks',
};

const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'rankscope-examples-'));
beforeAll(async () => {
  await prepareFolder(folder);
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

describe('the examples of docstrings', () => {
  for (const block of exampleBlocks()) {
    if (block.file in exceptions) continue;
    it(`run, and give what they state: ${placeOf(block)}`, async () => {
      for (const { expression, stated, actual } of await runExample(block, (name) =>
        nameAtHand(name, block.file),
      )) {
        expect(agrees(stated, actual), `${expression} is ${show(actual)}, stated ${show(stated)}`).toBe(true);
      }
    });
  }
});

function show(value: unknown): string {
  return `${JSON.stringify(ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value)}`.slice(
    0,
    200,
  );
}
