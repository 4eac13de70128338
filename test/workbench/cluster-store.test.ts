import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addSubmission,
  outputFolder,
  readOutputs,
  readSubmissions,
} from '../../src/workbench/cluster-store.ts';
import { scratchFolder } from '../cli/rankscope.ts';

const resources = { cpus: 1, options: [] };

describe('what a study keeps of a cluster', () => {
  it('is its submissions, and of each run what its own tasks have printed, however the runs were divided', () => {
    const study = scratchFolder();
    expect(readSubmissions(study)).toEqual([]);
    expect(readOutputs(study, 0)).toEqual([]);
    addSubmission(study, { engine: 'slurm', job: '17', of: 4, tasks: [0, 1, 2, 3], resources });
    addSubmission(study, { engine: 'slurm', job: '18', of: 2, tasks: [1], resources });
    expect(readSubmissions(study).map(({ job }) => job)).toEqual(['17', '18']);
    const folder = outputFolder(study);
    for (const name of ['17_1', '17_3', '18_1']) writeFileSync(join(folder, `${name}.out`), name);
    // The run at place 3 was task 3 of four, then task 1 of two.
    expect(readOutputs(study, 3).map(({ text }) => text)).toEqual(['17_3', '18_1']);
    expect(readOutputs(study, 1).map(({ text }) => text)).toEqual(['17_1', '18_1']);
    expect(readOutputs(study, 2)).toEqual([]);
  });
});
