import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { nullRunNamed } from '../../src/validity/run-changes/null-runs.ts';
import { type SimulatedChange, simulateRun } from '../../src/validity/run-changes/simulate-run.ts';
import { sampleManifest } from '../measurements/fixtures.ts';
import { printed } from './printed.ts';
import { scratchFolder } from './rankscope.ts';

const drawn = (id: string, change?: SimulatedChange) => ({
  ...simulateRun(nullRunNamed('swinging'), 100, createRandom(id), { change }),
  id,
});

/** A study of simulated runs: one that changes at step 250, one too early for a past, and three in which nothing does. */
function writeStudy(): string {
  const folder = scratchFolder();
  const runs = [
    drawn('changed', { at: 50, jump: 150 }),
    drawn('early', { at: 8, jump: 150 }),
    ...['x', 'y', 'z'].map((id) => drawn(id)),
  ];
  createStudy(folder, sampleManifest(runs.map(({ id }) => id)));
  for (const run of runs) writeRun(folder, run);
  return folder;
}

describe('when a run changed', () => {
  it('stands in show: step, interval, strength and what moved', async () => {
    const study = writeStudy();
    expect(await printed('show', study, 'changed')).toMatch(
      /The run as a whole\n {2}Changed at step (245|250) \[2\d\d, 2\d\d\], [\d.]+ times the threshold, p .*: .* × .*; and \d+ more\./,
    );
    expect(await printed('show', study, 'x')).toMatch(
      /The run as a whole\n {2}No change of the run as a whole from step \d+ to \d+ \(alpha 0\.05, p = /,
    );
  });

  it('stands in the JSON of show', async () => {
    const { summary } = JSON.parse(await printed('show', writeStudy(), 'changed', '--json'));
    expect(summary.runChanges).toMatchObject({ testable: true, controls: 0, changes: [{ kind: 'change' }] });
  });

  it('stands in analyze, and in a table', async () => {
    const study = writeStudy();
    const text = await printed('analyze', study);
    expect(text).toMatch(/^changed: Changed at step (245|250) /m);
    expect(text).toMatch(
      /^Runs that changed as a whole: 1 of 5 tested \(alpha 0\.05 a run\); 1 holds at a false discovery rate of 0\.05 over all of them$/m,
    );
    const [header, ...rows] = readFileSync(join(study, 'analysis/run_changes.csv'), 'utf8')
      .trim()
      .split('\n');
    expect(header).toMatch(/^run,runs,controls,step,from,to,kind,after,strength,p_value,holds,/);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/^changed,1,0,2\d\d,/);
  });

  it('is told against controls where the run has no past yet', async () => {
    const study = writeStudy();
    const alone = JSON.parse(await printed('show', study, 'early', '--json')).summary.runChanges;
    expect(alone.changes.filter(({ step }: { step: number }) => step < 60)).toEqual([]);
    const compared = await printed('show', study, 'early', '--against', 'x,y,z');
    expect(compared).toMatch(/ {2}Changed at step (35|40|45) /);
    expect(await printed('show', study, 'x', '--against', 'x,y,z')).toContain(
      'No change of the run as a whole, against 2 controls, from step',
    );
  });

  it('may be told against another study', async () => {
    const text = await printed('analyze', writeStudy(), '--against', writeStudy());
    expect(text).toMatch(/^early: Changed at step (35|40|45) /m);
  });

  it('is asked of a run, not of a list of them', async () => {
    await expect(printed('show', writeStudy(), '--against', 'x')).rejects.toThrow(
      /--against; allowed: together with the name of a run/,
    );
    await expect(printed('show', writeStudy(), 'x', '--against', 'nobody')).rejects.toThrow(
      /control is "nobody"; allowed: the folder of a study, or/,
    );
  });
});
