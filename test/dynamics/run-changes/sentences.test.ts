import { describe, expect, it } from 'vitest';
import { sentencesOfRun } from '../../../src/dynamics/run-changes/sentences.ts';
import type { RunChange, RunChanges } from '../../../src/dynamics/run-changes/types.ts';

const change: RunChange = {
  index: 201,
  step: 1005,
  interval: [995, 1010],
  kind: 'change',
  after: null,
  strength: 6.3,
  pValue: 0.0005,
  quantity: 'velocity',
  width: 4,
  moved: [
    {
      quantity: 'loss',
      name: 'loss',
      layer: null,
      before: 0.1,
      after: 0.31,
      width: 4,
      score: 20,
      strength: 3,
    },
    {
      quantity: 'size',
      name: 'spectral_norm',
      layer: 'fc1',
      before: 8,
      after: 8.08,
      width: 2,
      score: 9,
      strength: 2,
    },
    {
      quantity: 'velocity',
      name: 'singular_value_velocity',
      layer: 'fc2',
      before: null,
      after: 1,
      width: 4,
      score: -9,
      strength: 2,
    },
    {
      quantity: 'pace',
      name: 'pace',
      layer: null,
      before: 0.01,
      after: 0.001,
      width: 4,
      score: -9,
      strength: 2,
    },
  ],
};
const said = (changes: RunChange[]): string[] =>
  sentencesOfRun({
    testable: true,
    alpha: 0.05,
    changes,
    pValue: 0.234,
    tested: [55, 1990],
    runs: 1,
    controls: 0,
    leftOut: [],
  } satisfies RunChanges);

describe('when a run changed, in words', () => {
  it('names step, interval, p-value and what moved most', () => {
    expect(said([change])).toEqual([
      'Changed at step 1,005 [995, 1,010], 6.3 times the threshold, p ≤ 0.0005: loss × 3.1; fc1 size × 1.01; fc2 pace down; and 1 more.',
    ]);
  });

  it('gives as many digits as tell a factor from 1, and none where it is 1', () => {
    const [loss] = change.moved;
    const slight = { ...change, moved: [1.00003, 1.04, 1].map((after) => ({ ...loss, before: 1, after })) };
    expect(said([slight])[0]).toMatch(/: loss × 1\.00003; loss × 1\.04; loss up\.$/);
  });

  it('says of a change whether it holds over all runs, where that is known', () => {
    const weak = { ...change, pValue: 0.046, strength: 1.03 };
    const result = { testable: true, alpha: 0.05, changes: [weak], pValue: 0.046 } as const;
    const all = { ...result, tested: [55, 1990], runs: 3, controls: 0, leftOut: [] } as const;
    expect(sentencesOfRun(all, { threshold: 0.05 })[0]).not.toContain('does not hold');
    expect(sentencesOfRun(all, { threshold: 0.017 })[0]).toContain(
      'p = 0.046 (does not hold over all of them): ',
    );
  });

  it('tells a recovery from a change', () => {
    expect(
      said([
        change,
        {
          ...change,
          kind: 'recovery',
          after: 1005,
          step: 1110,
          interval: [1095, 1125],
          moved: change.moved.slice(3),
        },
      ])[1],
    ).toBe('Still following the change at 1,005 at step 1,110 [1,095, 1,125]: pace of all layers × 0.1.');
  });

  it('says where it looked if there is nothing', () => {
    expect(said([])).toEqual([
      'No change of the run as a whole from step 55 to 1,990 (alpha 0.05, p = 0.23).',
    ]);
  });

  it('says why nothing can be said', () => {
    expect(sentencesOfRun({ testable: false, reason: '8 measurements; at least 12 are needed' })).toEqual([
      'Whether the run as a whole changed cannot be said: 8 measurements; at least 12 are needed.',
    ]);
  });
});
