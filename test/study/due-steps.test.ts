import { describe, expect, it } from 'vitest';
import { dueSteps } from '../../src/study/due-steps.ts';

const firstTen = Array.from({ length: 10 }, (_, step) => step);

describe('dueSteps', () => {
  it('is due at step 0 and every so many steps after it, and at those listed', () => {
    expect(firstTen.filter(dueSteps({ every: 4 }))).toEqual([0, 4, 8]);
    expect(firstTen.filter(dueSteps({ at: [3, 7] }))).toEqual([3, 7]);
    expect(firstTen.filter(dueSteps({ every: 4, at: [3, 4] }))).toEqual([0, 3, 4, 8]);
  });

  it('is never due if nothing is asked for', () => {
    expect(firstTen.filter(dueSteps({}))).toEqual([]);
  });
});
