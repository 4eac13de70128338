import { describe, expect, it } from 'vitest';
import { dueSteps, scheduleInWords } from '../../src/study/due-steps.ts';

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

describe('a logarithmic schedule', () => {
  const due = (perDecade: number, last: number): number[] =>
    Array.from({ length: last + 1 }, (_, step) => step).filter(dueSteps({ every: { perDecade } }));

  it('is dense early and ever sparser, with step 0 and the powers of ten', () => {
    expect(due(5, 120)).toEqual([0, 1, 2, 3, 4, 6, 10, 16, 25, 40, 63, 100]);
  });

  it('is due at every step while its marks are less than one step apart', () => {
    expect(due(40, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('has so many marks in every later decade', () => {
    const steps = due(20, 10_000);
    const inDecade = (from: number) => steps.filter((step) => step > from && step <= 10 * from).length;
    expect([inDecade(100), inDecade(1000)]).toEqual([20, 20]);
  });
});

describe('a list of steps', () => {
  it('is due at exactly those', () => {
    expect(firstTen.filter(dueSteps({ every: [0, 1, 2, 5] }))).toEqual([0, 1, 2, 5]);
  });
});

describe('a schedule in words', () => {
  it('is the number itself, or says what it is', () => {
    expect([5, { perDecade: 20 }, [0, 1, 10]].map(scheduleInWords)).toEqual([
      5,
      '20 per decade',
      '3 listed steps',
    ]);
  });
});
