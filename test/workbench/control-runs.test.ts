import { describe, expect, it } from 'vitest';
import { runOf } from '../../src/derived/run-of.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import { controlRuns } from '../../src/workbench/control-runs.ts';
import { scratchFolder } from '../cli/rankscope.ts';
import { loggedRun } from '../dynamics/run-changes/logged-run.ts';
import { sampleManifest } from '../measurements/fixtures.ts';

function studyOf(...ids: string[]): string {
  const folder = scratchFolder();
  createStudy(folder, sampleManifest(ids));
  for (const id of ids) writeRun(folder, loggedRun([[3, 2]], { id }));
  return folder;
}

describe('control runs', () => {
  it('are named runs of the study, or all runs of another', () => {
    const ids = controlRuns(studyOf('a', 'b'), ['b', studyOf('c', 'd')]).map(({ id }) => id);
    expect(ids).toEqual(['b', 'c', 'd']);
  });

  it('have the metrics that their logs leave to be computed, as the runs that they are compared with', () => {
    const matrix = {
      data: Float64Array.from({ length: 36 }, (_, i) => Math.sin(i * i)),
      rows: 12,
      columns: 3,
    };
    const run = runOf({ id: 'recorded', steps: [0, 10], layers: { first: [matrix, matrix] } });
    const folder = scratchFolder();
    createStudy(folder, sampleManifest([run.id]));
    writeRun(folder, { ...run, layers: run.layers.map((layer) => ({ ...layer, series: new Map() })) });
    for (const name of [run.id, folder]) {
      const [control] = controlRuns(folder, [name]);
      expect(control.layers[0].series.has('participation_ratio')).toBe(true);
    }
  });

  it('must be there', () => {
    const study = studyOf('a', 'b');
    expect(() => controlRuns(study, ['bb'])).toThrow(InputError);
    expect(() => controlRuns(study, ['bb'])).toThrow(
      /control is "bb"; allowed: the folder of a study, or .*b/,
    );
  });
});
