import { describe, expect, it } from 'vitest';
import {
  parseAccounting,
  parseLargestArray,
  parseQueue,
  parseSubmitted,
} from '../../src/cluster/slurm-answers.ts';

// As SLURM 22.05 prints them.
describe('answers of SLURM', () => {
  it('are the tasks of a queue', () => {
    const text = '1|2|PENDING||JobArrayTaskLimit\n1|0|RUNNING|node07|None\n1|1|COMPLETING|node07|None\n';
    expect(parseQueue(text)).toEqual([
      { job: '1', task: 2, state: 'PENDING', node: null, reason: 'JobArrayTaskLimit' },
      { job: '1', task: 0, state: 'RUNNING', node: 'node07', reason: null },
      { job: '1', task: 1, state: 'COMPLETING', node: 'node07', reason: null },
    ]);
  });

  it('are passed over where they tell of no task', () => {
    expect(parseQueue('slurm_load_jobs error: Invalid job id specified\n12|N/A|RUNNING|a|None')).toEqual([]);
    expect(parseAccounting('Slurm accounting storage is disabled')).toEqual([]);
  });

  it('are the tasks that accounting knows, without their steps', () => {
    const text = '12_0|COMPLETED|node07\n12_0.batch|COMPLETED|node07\n12_1|CANCELLED by 1000|None assigned\n';
    expect(parseAccounting(text)).toEqual([
      { job: '12', task: 0, state: 'COMPLETED', node: 'node07', reason: null },
      { job: '12', task: 1, state: 'CANCELLED', node: null, reason: null },
    ]);
  });

  it('are the number of a job, with or without a cluster', () => {
    expect(parseSubmitted('4711\n')).toBe('4711');
    expect(parseSubmitted('4711;east\n')).toBe('4711');
    expect(parseSubmitted('sbatch: error: invalid partition')).toBeNull();
  });

  it('are the largest array', () => {
    expect(parseLargestArray('MaxArraySize            = 1001\nMaxJobCount = 10000')).toBe(1001);
    expect(parseLargestArray('')).toBeNull();
  });
});
