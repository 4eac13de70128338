import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readManifest, writeManifest } from '../../src/measurements/study-store.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { readCheckpointPlan } from '../../src/workbench/input-files.ts';
import { trainAroundChanges } from '../../src/workbench/train-around-changes.ts';
import { trainStudy } from '../../src/workbench/train-study.ts';

const study: StudyFileInput = {
  architectures: [{ name: 'tiny', family: 'mlp', hidden: [8] }],
  datasets: ['drawn_digits'],
  seeds: [0],
  training: { steps: 40, examples: 64, batchSize: 16 },
  measurement: { every: 1, samples: 32 },
  evaluation: { every: 30, examples: 64 },
};

const folders: string[] = [];
function folder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'rankscope-')));
  return join(folders.at(-1)!, 'study');
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true });
});

const logs = (of: string) =>
  readdirSync(join(of, 'runs'))
    .sort()
    .map((name) => readFileSync(join(of, 'runs', name), 'utf8'));
const saved = (of: string, run: string) =>
  readdirSync(join(of, 'checkpoints', run))
    .map((name) => Number(/\d+/.exec(name)![0]))
    .sort((a, b) => a - b);

describe('training around changes', () => {
  it('saves where the first pass changed and at the end, and is the first pass to the byte', async () => {
    const [once, twice] = [folder(), folder()];
    await trainStudy(study, once, { workers: 1 });
    const { outcomes } = await trainAroundChanges(study, twice, { workers: 1 });
    expect(outcomes.map(({ stopped }) => stopped)).toEqual([null]);
    expect(logs(twice)).toEqual(logs(once));
    const { steps, runs } = readCheckpointPlan(join(twice, 'plan.json'));
    expect(runs.some(({ windows }) => windows.length > 0)).toBe(true);
    expect(steps.at(-1)).toBe(39);
    for (const { run } of runs) expect(saved(twice, run)).toEqual(steps);
    expect(existsSync(join(twice, 'first-pass'))).toBe(false);
  });

  it('goes on after an interruption of either pass, and does nothing where all is done', async () => {
    const [once, twice] = [folder(), folder()];
    const two = { ...study, seeds: [0, 1] };
    await trainStudy(two, once, { workers: 1 });
    for (const pass of ['first pass: ', '']) {
      const stop = new AbortController();
      const cut = await trainAroundChanges(two, twice, {
        workers: 1,
        signal: stop.signal,
        // The run that is under way may end before it hears of it; the next one is not begun.
        onProgress: ({ what }) => {
          if (what.startsWith(`${pass}tiny`)) stop.abort();
        },
      });
      expect(cut.waiting).toEqual(['tiny_drawn_digits_seed1']);
      expect(existsSync(join(twice, 'first-pass'))).toBe(true);
    }
    await trainAroundChanges(two, twice, { workers: 1 });
    expect(logs(twice)).toEqual(logs(once));
    expect(existsSync(join(twice, 'first-pass'))).toBe(false);
    const again = await trainAroundChanges(two, twice, { workers: 1 });
    expect(again).toMatchObject({ outcomes: [], kept: expect.arrayContaining(['tiny_drawn_digits_seed0']) });
  });

  it('refuses a second pass that is not the first one again, and keeps both', async () => {
    const twice = folder();
    const first = join(twice, 'first-pass');
    await trainStudy(study, first, { workers: 1 });
    const manifest = readManifest(first);
    const [[run, digest]] = Object.entries(manifest.logs!);
    writeManifest(first, { ...manifest, logs: { [run]: { ...digest, sha256: 'a'.repeat(64) } } });
    await expect(trainAroundChanges(study, twice, { workers: 1 })).rejects.toThrow(
      /second pass of tiny_drawn_digits_seed0 is "[0-9a-f]{12}"; allowed: the bytes of the first pass \(aaaaaaaaaaaa\)/,
    );
    expect(existsSync(first)).toBe(true);
  });
});
