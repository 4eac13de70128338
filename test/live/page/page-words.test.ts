import { describe, expect, it } from 'vitest';
import { shortNumber } from '../../../src/figures/page/short-number.ts';
import { lossData } from '../../../src/live/page/loss-data.ts';
import { percent, shareDone, shown, standing, stepsDone } from '../../../src/live/page/run-words.ts';
import type { PageRun } from '../../../src/live/page/study-state.ts';

function pageRun(facts: Partial<PageRun['facts']>, steps: number[] = [0, 5, 10]): PageRun {
  return {
    facts: {
      ...{ type: 'run', run: 'r', architecture: 'a', dataset: 'd', seed: 0, plannedSteps: 2000, layers: [] },
      ...{ status: 'open', reason: null, changed: 1_000_000, from: 0, steps: [], loss: [], values: [] },
      ...{ evaluations: [], events: [] },
      ...facts,
    },
    ...{ steps, loss: steps.map((step) => 1 / (1 + step)), values: [], curves: null },
  };
}

describe('how the page says where a run stands', () => {
  it('tells training from what ended, and from what is silent', () => {
    expect(standing(pageRun({}), 1_010_000)).toBe('training');
    expect(standing(pageRun({}), 1_000_000 + 3 * 60_000)).toBe('no end, silent for 3 min');
    expect(standing(pageRun({}), 1_000_000 + 3 * 86_400_000)).toBe('no end, silent for 3 days');
    expect(standing(pageRun({ status: 'complete' }), 2e9)).toBe('complete');
    expect(standing(pageRun({ status: 'stopped', reason: 'the loss is NaN' }), 0)).toBe(
      'stopped: the loss is NaN',
    );
  });

  it('counts steps from 0, and is done where the log says so', () => {
    expect(stepsDone(pageRun({}))).toBe('step 10 of 2,000');
    expect(stepsDone(pageRun({}, []))).toBe('not measured yet');
    expect(shareDone(pageRun({ plannedSteps: 22 }))).toBe(0.5);
    expect(shareDone(pageRun({ status: 'complete' }))).toBe(1);
    expect(shareDone(pageRun({ plannedSteps: 0 }))).toBe(0);
  });

  it('says numbers with four digits, and what is not known as a dash', () => {
    expect([shown(12.3456), shown(-0.00012345), shown(0), shown(null)]).toEqual([
      '12.35',
      '−1.23e−4',
      '0',
      '–',
    ]);
    expect([percent(0.9371), percent(undefined)]).toEqual(['93.7 %', '–']);
  });
});

describe('numbers on axes', () => {
  it('are as short as they can be read', () => {
    expect([1500, 25_000, 3e6, -0.5].map(shortNumber)).toEqual(['1,500', '25k', '3M', '−0.5']);
  });
});

describe('loss and evaluations', () => {
  it('stand on one axis though they come at steps of their own', () => {
    const run = pageRun({
      evaluations: [
        [7, 0.5, 0.9],
        [10, 0.75, null],
      ],
    });
    expect(lossData(run)).toEqual({
      steps: [0, 5, 7, 10],
      loss: [1, 1 / 6, null, 1 / 11],
      heldOut: [null, null, 0.9, null],
      accuracy: [null, null, 0.5, 0.75],
    });
  });
});
