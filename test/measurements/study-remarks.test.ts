import { describe, expect, it } from 'vitest';
import { studyRemarks } from '../../src/measurements/study-remarks.ts';
import type { LogDigest, Run } from '../../src/measurements/types.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { sampleManifest } from './fixtures.ts';

const digest: LogDigest = { records: 41, sha256: 'ab'.repeat(32) };
const runOf = (id: string, changes: Partial<Run> = {}): Run => ({
  ...plantedRun([Float64Array.of(1, 2, 3)], { id }),
  ...changes,
});
const logOf = (run: Run, says: LogDigest | null = digest) => ({ run, digest: () => says });
const messages = (
  runs: readonly string[],
  ended: readonly string[],
  logs: readonly ReturnType<typeof logOf>[],
): string[] => {
  const noted = Object.fromEntries(ended.map((id) => [id, digest]));
  return studyRemarks({ ...sampleManifest(runs), logs: noted }, logs).map(({ message }) => message);
};

describe('what must be known of a study', () => {
  it('is nothing where every log is there and whole', () => {
    expect(messages(['a', 'b'], ['a'], [logOf(runOf('a')), logOf(runOf('b'))])).toEqual([]);
  });

  it('is that logs are missing: of runs that had ended, and of others', () => {
    expect(messages(['a', 'b', 'c'], ['b'], [logOf(runOf('a'))])).toEqual([
      'b: had ended, and the log is missing',
      'c: no log: never started, or lost',
    ]);
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(messages(many, [], [])).toEqual(['a, b, c, d, e and 2 more: no log: never started, or lost']);
  });

  it('is that a run was interrupted, and where', () => {
    const interrupted = runOf('a', { complete: false, plannedSteps: 10_000 });
    const begun = runOf('b', { complete: false, steps: new Float64Array(0), plannedSteps: 10_000 });
    expect(messages(['a', 'b'], [], [logOf(interrupted, null), logOf(begun, null)])).toEqual([
      `a was interrupted after step ${interrupted.steps.at(-1)}, of 10000 planned`,
      'b was interrupted before its first measurement, of 10000 planned',
    ]);
    const stopped = runOf('a', { complete: false, stopped: 'the loss became NaN' });
    expect(messages(['a'], [], [logOf(stopped)])).toEqual([]);
  });

  it('is that a log that had ended was cut, or is another one', () => {
    const cut = runOf('a', { complete: false });
    expect(messages(['a'], ['a'], [logOf(cut, null)])).toEqual([
      expect.stringMatching(/^a had ended with 42 records; its log was cut after step/),
    ]);
    expect(messages(['a'], ['a'], [logOf(runOf('a'), { ...digest, sha256: 'cd'.repeat(32) })])).toEqual([
      'a has a log that is whole, but not the one that the manifest names',
    ]);
  });

  it('is what was lost in a repair', () => {
    const notes = ['Repaired.'];
    const remarks = studyRemarks({ ...sampleManifest(['a']), notes }, [
      logOf(runOf('a', { lostRecords: 2 })),
    ]);
    expect(remarks).toEqual([
      { check: 'study-note', severity: 'warning', run: null, message: 'Repaired.' },
      {
        check: 'lost-records',
        severity: 'error',
        run: 'a',
        message: 'a was repaired: 2 of its records are lost',
      },
    ]);
  });
});
