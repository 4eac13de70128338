import { describe, expect, it } from 'vitest';
import { type ScheduleOptions, schedule } from '../../../src/autodiff/optimizers/schedule.ts';

const factors = (options: ScheduleOptions, steps = 10): number[] =>
  Array.from({ length: steps }, (_, step) => Number(schedule(options, steps)(step).toFixed(6)));

describe('schedules', () => {
  it('constant: the same rate throughout', () => {
    expect(factors({ kind: 'constant' }, 3)).toEqual([1, 1, 1]);
  });

  it("cosine: PyTorch's CosineAnnealingLR(T_max=10, eta_min=0.1)", () => {
    expect(factors({ kind: 'cosine', floor: 0.1 })).toEqual([
      1, 0.977975, 0.914058, 0.814503, 0.689058, 0.55, 0.410942, 0.285497, 0.185942, 0.122025,
    ]);
  });

  it("step: PyTorch's StepLR(3, gamma=0.5)", () => {
    expect(factors({ kind: 'step', every: 3, factor: 0.5 })).toEqual([
      1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125,
    ]);
  });

  it('warm-up: rises evenly to 1, then the schedule begins', () => {
    expect(factors({ kind: 'step', warmup: 4, every: 2, factor: 0.5 }, 8)).toEqual([
      0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5,
    ]);
    expect(schedule({ kind: 'cosine', warmup: 100 }, 2000)(49)).toBe(0.5);
    expect(schedule({ kind: 'cosine', warmup: 100 }, 2000)(100)).toBe(1);
  });

  it.each<[string, ScheduleOptions]>([
    ['schedule.warmup', { kind: 'constant', warmup: -1 }],
    ['schedule.floor', { kind: 'cosine', floor: 2 }],
    ['schedule.factor', { kind: 'step', factor: 0 }],
    ['schedule.every', { kind: 'step', every: 0 }],
  ])('refuses %s out of range', (field, options) => {
    expect(() => schedule(options, 10)).toThrow(field);
  });
});
