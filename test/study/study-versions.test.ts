import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest, readStudy } from '../../src/measurements/study-store.ts';
import { openDataset } from '../../src/study/dataset-store.ts';
import { executeRun } from '../../src/study/execute-run.ts';
import { executeStudy } from '../../src/study/execute-study.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { runFiles } from '../../src/study/run-store.ts';
import { checkStudyFile } from '../../src/study/study-file.ts';
import { verifyStudy } from '../../src/study/verify-store.ts';
import { describeWithWorkers, noiseAsMnist, temporaryFolder } from './small-study.ts';

/**
 * One small study of every version of the format: a run that ended, and one that was killed as it wrote its log, with
 * checkpoints. Never written anew: what was written once must stay readable.
 */
const studies = resolve(import.meta.dirname, '../measurements/studies');
const versions = readdirSync(studies);

function copyOf(version: string): string {
  const folder = join(temporaryFolder(), version);
  cpSync(join(studies, version), folder, { recursive: true });
  return folder;
}

describe('a study of every version', () => {
  it('is kept', () => {
    expect(versions).toEqual(['v1', 'v2']);
  });

  it.each(versions)('%s is read, values, spectra and tracks', (version) => {
    const { manifest, runs, remarks } = readStudy(join(studies, version));
    expect(manifest).toMatchObject({ schemaVersion: Number(version.slice(1)), origin: 'trained' });
    expect(runs.map(({ id, complete, steps }) => [id, complete, [...steps]])).toEqual([
      ['small_mnist_seed0', true, [0, 4, 8]],
      ['small_mnist_seed1', false, [0, 4]],
    ]);
    const [{ layers, evaluations, tracks, loss }] = runs;
    expect(loss[2]).toBe(2.378779172897339);
    expect(layers[0].series.get('participation_ratio')!.values).toHaveLength(3);
    expect(layers[0].spectra!.centered![0]).toHaveLength(2);
    expect(evaluations.map(({ step, accuracy }) => [step, accuracy])).toEqual([
      [0, 0.075],
      [6, 0.125],
      [11, 0.125],
    ]);
    expect(tracks!.map(({ id }) => id)).toEqual(['weights', 'sharpness']);
    expect(remarks.map(({ check, run }) => [check, run])).toEqual([['interrupted-run', 'small_mnist_seed1']]);
  });

  it('says the same in every version', () => {
    const [first, ...others] = versions.map((version) => readStudy(join(studies, version)).runs);
    for (const runs of others) expect(runs).toEqual(first);
  });

  it.each(versions)('%s is whole', (version) => {
    const { isWhole, runs } = verifyStudy(join(studies, version));
    expect(isWhole).toBe(true);
    expect(runs.map(({ state }) => state)).toEqual(['ended', 'interrupted']);
  });

  it.each(versions)('%s is gone on with from its checkpoint', async (version) => {
    const folder = copyOf(version);
    const dataFolder = noiseAsMnist();
    const before = readStudy(join(studies, version)).runs[1];
    const study = checkStudyFile({ ...readManifest(folder).settings, dataFolder }, version);
    const plan = planRuns(study)[1];
    const taken: number[] = [];
    const data = openDataset({ dataset: 'mnist', dataFolder: dataFolder });
    const outcome = await executeRun(plan, data, runFiles(folder, plan), {
      onStep: (done) => taken.push(done - 1),
    });
    expect(taken).toEqual([5, 6, 7, 8, 9, 10, 11]);
    expect(outcome).toMatchObject({ stopped: null, remarks: [] });
    const after = readStudy(folder).runs[1];
    expect(after).toMatchObject({ complete: true, steps: Float64Array.of(0, 4, 8) });
    expect(after.loss.slice(0, 2)).toEqual(before.loss);
    expect(after.layers[0].spectra!.centered!.slice(0, 2)).toEqual(before.layers[0].spectra!.centered);
  });
});

describeWithWorkers('train on a study of every version', () => {
  it.each(versions)(
    '%s keeps what had ended, finishes the rest, and leaves a study of the newest',
    async (version) => {
      const folder = copyOf(version);
      const log = join(folder, 'runs', 'small_mnist_seed0.jsonl');
      const before = readFileSync(log);
      const settings = { ...readManifest(folder).settings, dataFolder: noiseAsMnist() };
      const options = { tool: { name: 'rankscope', version: 'test' }, machine: {}, workers: 1 };
      const { kept, outcomes } = await executeStudy(checkStudyFile(settings, version), folder, options);
      expect([kept, outcomes.map(({ id }) => id)]).toEqual([['small_mnist_seed0'], ['small_mnist_seed1']]);
      expect(readFileSync(log).equals(before)).toBe(true);
      const { manifest, remarks } = readStudy(folder);
      expect(manifest.schemaVersion).toBe(2);
      expect(Object.keys(manifest.logs!)).toEqual(['small_mnist_seed0', 'small_mnist_seed1']);
      expect([remarks, verifyStudy(folder).isWhole]).toEqual([[], true]);
      // The log of version 1 has no checksums, but its digest is noted from now on.
      const changed = before.toString().replace('"loss":2.4', '"loss":2.5');
      expect(changed).not.toBe(before.toString());
      writeFileSync(log, changed);
      expect(verifyStudy(folder).isWhole).toBe(false);
    },
  );
});
