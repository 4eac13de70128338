import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { followRun } from '../../src/measurements/live-log-store.ts';
import { openRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { sampleHeader, sampleManifest, sampleStep, temporaryFolder } from './fixtures.ts';

const header = sampleHeader();

function newStudy(): { study: string; log: string } {
  const study = join(temporaryFolder(), 'study');
  createStudy(study, sampleManifest());
  return { study, log: join(study, 'runs', `${header.id}.jsonl`) };
}

describe('following a run', () => {
  it('gives it as far as it is logged, record by record, to its end', () => {
    const { study } = newStudy();
    const random = createRandom('log');
    const writer = openRun(study, header);
    const followed = followRun(study, header.id);
    expect(followed.read()).toMatchObject({ id: header.id, steps: new Float64Array(0), complete: false });
    for (const step of [0, 5, 10]) {
      writer.writeStep(sampleStep(step, header, random));
      expect(followed.read().steps.at(-1)).toBe(step);
    }
    const before = followed.read();
    writer.end('complete');
    expect(followed.read()).toMatchObject({ complete: true, steps: Float64Array.of(0, 5, 10) });
    // What was read earlier stays as it was, its spectra too.
    expect(before.complete).toBe(false);
    expect(before.layers[0].spectra?.centered).toHaveLength(3);
  });

  it('waits for a record that is being written', () => {
    const { study, log } = newStudy();
    openRun(study, header).close();
    const followed = followRun(study, header.id);
    appendFileSync(log, '{"step":0,"lo');
    expect(followed.read().steps).toHaveLength(0);
  });

  it('begins anew when the run does', () => {
    const { study } = newStudy();
    const random = createRandom('log');
    const first = openRun(study, header);
    for (const step of [0, 5, 10]) first.writeStep(sampleStep(step, header, random));
    first.close();
    const followed = followRun(study, header.id);
    expect(followed.read().steps).toHaveLength(3);
    const second = openRun(study, header, { overwrite: true });
    second.writeStep(sampleStep(0, header, random));
    expect(followed.read().steps).toEqual(Float64Array.of(0));
    second.writeStep(sampleStep(7, header, random));
    expect(followed.read().steps).toEqual(Float64Array.of(0, 7));
    second.close();
  });

  it('says if the log is damaged, or gone', () => {
    const { study, log } = newStudy();
    const writer = openRun(study, header);
    const followed = followRun(study, header.id);
    followed.read();
    writer.close();
    appendFileSync(log, '{"step":0}\n');
    expect(() => followed.read()).toThrow(/line 2; allowed: a record that ends in its number and checksum/);
    writeFileSync(log, '');
    expect(() => followed.read()).toThrow(/first line is missing/);
    rmSync(log);
    expect(() => followed.read()).toThrow(/a file that exists/);
  });
});
