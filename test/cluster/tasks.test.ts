import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexRanges } from '../../src/cluster/index-ranges.ts';
import { withTasks } from '../../src/cluster/run-tasks.ts';
import type { TaskState } from '../../src/cluster/slurm-answers.ts';
import type { Submission } from '../../src/cluster/submission.ts';
import { runsOfTask, tasksOfRuns } from '../../src/cluster/tasks.ts';
import { InputError } from '../../src/errors/input-error.ts';

const runs = (n: number): string[] => Array.from({ length: n }, (_, i) => `run${i}`);
const count = fc.integer({ min: 1, max: 40 });

describe('runs divided among tasks', () => {
  it('have one task each', () => {
    fc.assert(
      fc.property(count, count, (n, of) => {
        const shares = Array.from({ length: of }, (_, index) => runsOfTask(runs(n), { index, of }));
        expect(shares.flat().sort()).toEqual(runs(n).sort());
      }),
    );
  });

  it('are submitted by the tasks that have any of those left', () => {
    fc.assert(
      fc.property(count, count, fc.func(fc.boolean()), (n, of, isLeft) => {
        const left = runs(n).filter((id) => isLeft(id));
        const tasks = tasksOfRuns(runs(n), left, of);
        const covered = tasks.flatMap((index) => runsOfTask(runs(n), { index, of }));
        expect(left.filter((id) => !covered.includes(id))).toEqual([]);
        for (const index of tasks)
          expect(runsOfTask(runs(n), { index, of }).some((id) => left.includes(id))).toBe(true);
      }),
    );
  });

  it('know no task beyond the last', () => {
    expect(() => runsOfTask(runs(3), { index: 3, of: 3 })).toThrow(InputError);
    expect(() => runsOfTask(runs(3), { index: 3, of: 3 })).toThrow(
      '--index is 3; allowed: 0 to 2 (the study has 3 runs)',
    );
  });
});

describe('indices of an array', () => {
  it.each([
    [[], ''],
    [[4], '4'],
    [[0, 1, 2, 3], '0-3'],
    [[7, 0, 2, 1, 2], '0-2,7'],
  ])('%j are written %s', (indices, text) => {
    expect(indexRanges(indices)).toBe(text);
  });
});

describe('the task of a run', () => {
  const submission = (job: string, tasks: number[], of = 4): Submission => ({
    engine: 'slurm',
    job,
    of,
    tasks,
    resources: { cpus: 1, options: [] },
  });
  const state = (job: string, task: number, word: string): TaskState => ({
    job,
    task,
    state: word,
    node: null,
    reason: null,
  });
  const all = runs(5).map((id) => ({ id }));
  const words = (submissions: Submission[], states: TaskState[]) =>
    withTasks(all, submissions, states).map(({ task }) =>
      task === null ? null : `${task.job} ${task.state}`,
    );

  it('is the one that its place falls to', () => {
    const states = [0, 1, 2, 3].map((task) => state('7', task, task === 1 ? 'RUNNING' : 'PENDING'));
    expect(words([submission('7', [0, 1, 2, 3])], states)).toEqual([
      '7 PENDING',
      '7 RUNNING',
      '7 PENDING',
      '7 PENDING',
      '7 PENDING',
    ]);
  });

  it('is the one that is alive, else the last that the scheduler knows', () => {
    const submissions = [submission('7', [0, 1, 2, 3]), submission('8', [1, 2])];
    const states = [
      state('7', 1, 'FAILED'),
      state('7', 2, 'PENDING'),
      state('8', 1, 'COMPLETED'),
      state('8', 2, 'CANCELLED'),
    ];
    expect(words(submissions, states)).toEqual([null, '8 COMPLETED', '7 PENDING', null, null]);
  });
});
