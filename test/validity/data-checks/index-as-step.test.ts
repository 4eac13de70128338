import { describe, expect, it } from 'vitest';
import { indexAsStep } from '../../../src/validity/data-checks/index-as-step.ts';
import { faultsOf, healthySteps, healthyStudy } from './healthy-study.ts';

const runs = healthyStudy();
const indices = [2, 17, 31, 55];
const table = { name: 'jumps', run: runs[0].id, runLength: 600, measurements: 60 };

describe('an index used as a step', () => {
  it('is found where events lie at steps that were never measured', () => {
    const faults = faultsOf(indexAsStep, { runs, events: [{ ...table, steps: indices }] });
    expect(faults).toMatchObject([{ severity: 'error', run: runs[0].id, value: 55 }]);
    expect(faults[0].message).toContain('4 of 4 events');
  });

  it('is none where the same events are given by their steps', () => {
    const steps = indices.map((index) => healthySteps[index]);
    expect(faultsOf(indexAsStep, { runs, events: [{ ...table, steps }] })).toEqual([]);
  });

  it('is none where all true steps happen to be early', () => {
    expect(faultsOf(indexAsStep, { runs, events: [{ ...table, steps: [10, 30, 50] }] })).toEqual([]);
  });

  it('is found without the measured steps by a last event just below the number of measurements', () => {
    const of = (steps: number[]) => faultsOf(indexAsStep, { runs: [], events: [{ ...table, steps }] });
    expect(of(indices)).toHaveLength(1);
    expect(of(indices.map((index) => 10 * index))).toEqual([]);
    expect(of([2, 17, 31])).toEqual([]);
  });

  it('is none where every step was measured: index and step are the same', () => {
    const events = [{ ...table, steps: indices, runLength: 60 }];
    expect(faultsOf(indexAsStep, { runs, events })).toEqual([]);
  });

  it('is found in the steps of a run itself', () => {
    const numbered = { ...runs[0], steps: healthySteps.map((_, i) => i) };
    expect(faultsOf(indexAsStep, { runs: [numbered, ...runs.slice(1)] })).toMatchObject([
      { severity: 'error', run: runs[0].id, count: 1, of: 8 },
    ]);
    // A run that was measured at every step and stopped early is no such case.
    expect(faultsOf(indexAsStep, { runs: [{ ...numbered, complete: false }] })).toEqual([]);
  });
});
