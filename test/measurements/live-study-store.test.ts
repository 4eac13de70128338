import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { followStudy } from '../../src/measurements/live-study-store.ts';
import { openRun } from '../../src/measurements/log-store.ts';
import { createStudy, writeManifest } from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { sampleHeader, sampleManifest, sampleStep, temporaryFolder } from './fixtures.ts';

const header = sampleHeader();
const random = createRandom('live study');
const manifest = { ...sampleManifest(), runs: [header.id, 'later'] };

describe('following a study', () => {
  it('waits for one that has not begun, and gives its runs as far as they are logged', () => {
    const study = join(temporaryFolder(), 'study');
    mkdirSync(study);
    const followed = followStudy(study);
    expect(followed.read()).toEqual({ manifest: null, runs: [], problem: null });
    createStudy(study, manifest);
    expect(followed.read().runs).toEqual([
      { id: header.id, run: null, changed: null, problem: null },
      { id: 'later', run: null, changed: null, problem: null },
    ]);
    const log = openRun(study, header);
    log.writeStep(sampleStep(0, header, random));
    expect(followed.read().runs[0].run?.steps).toEqual(Float64Array.of(0));
    log.close();
  });

  it('gives the same object while nothing was appended', () => {
    const study = join(temporaryFolder(), 'study');
    createStudy(study, manifest);
    const log = openRun(study, header);
    log.writeStep(sampleStep(0, header, random));
    const followed = followStudy(study);
    const first = followed.read().runs[0].run;
    expect(followed.read().runs[0].run).toBe(first);
    log.writeStep(sampleStep(5, header, random));
    const second = followed.read().runs[0].run;
    expect(second).not.toBe(first);
    expect(second?.steps).toHaveLength(2);
    log.close();
  });

  it('sees runs that a recorder adds, and lets go of those that are no more', () => {
    const study = join(temporaryFolder(), 'study');
    createStudy(study, { ...manifest, runs: [header.id] });
    const followed = followStudy(study);
    writeManifest(study, { ...manifest, runs: ['added', header.id] });
    expect(followed.read().runs.map(({ id }) => id)).toEqual(['added', header.id]);
    writeManifest(study, { ...manifest, runs: ['added'] });
    expect(followed.read().runs.map(({ id }) => id)).toEqual(['added']);
  });

  it('says what is damaged, and reads it again once it is mended', () => {
    const study = join(temporaryFolder(), 'study');
    createStudy(study, manifest);
    const path = join(study, 'runs', `${header.id}.jsonl`);
    writeFileSync(path, 'no log\n');
    const followed = followStudy(study);
    for (let look = 0; look < 2; look++) {
      const [{ run, problem }] = followed.read().runs;
      expect(run).toBeNull();
      expect(problem).toMatch(/mlp_mnist-s1\.jsonl/);
    }
    rmSync(path);
    const log = openRun(study, header);
    log.close();
    expect(followed.read().runs[0]).toMatchObject({ problem: null, run: { id: header.id } });
    writeFileSync(join(study, 'manifest.json'), '{');
    expect(followed.read()).toMatchObject({
      manifest: null,
      runs: [],
      problem: expect.stringMatching(/manifest/),
    });
  });
});
