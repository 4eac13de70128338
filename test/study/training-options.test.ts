import { describe, expect, it } from 'vitest';
import { checkStudyFile } from '../../src/study/study-file.ts';
import { misplacedOptions, optimizerOf, scheduleOf } from '../../src/study/training-options.ts';

const settings = (training: object) =>
  checkStudyFile({ architectures: ['mlp_narrow'], datasets: ['mnist'], training }, 'study').training;

describe('the training options of a study', () => {
  it('become Adam at 1e-3 with a constant rate by default', () => {
    expect(optimizerOf(settings({}))).toEqual({ kind: 'adam', learningRate: 1e-3 });
    expect(scheduleOf(settings({}))).toEqual({ kind: 'constant' });
  });

  it('become the optimizer and the schedule they describe', () => {
    const sgd = settings({
      optimizer: 'sgd',
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 5e-4,
      clipNorm: 1,
      schedule: 'step',
      warmup: 20,
      scheduleEvery: 500,
      scheduleFactor: 0.5,
    });
    expect(optimizerOf(sgd)).toEqual({
      kind: 'sgd',
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 5e-4,
      clipNorm: 1,
    });
    expect(scheduleOf(sgd)).toEqual({ kind: 'step', warmup: 20, every: 500, factor: 0.5 });
    const adamw = settings({
      optimizer: 'adamw',
      beta1: 0.8,
      beta2: 0.99,
      epsilon: 1e-6,
      schedule: 'cosine',
      scheduleFloor: 0.1,
    });
    expect(optimizerOf(adamw)).toMatchObject({ kind: 'adamw', beta1: 0.8, beta2: 0.99, epsilon: 1e-6 });
    expect(scheduleOf(adamw)).toEqual({ kind: 'cosine', floor: 0.1 });
  });

  it('may not shrink weights by more than all of them', () => {
    const all = { ...settings({}), learningRate: 10, weightDecay: 0.1 };
    expect(misplacedOptions(all)).toEqual([{ option: 'weightDecay', allowed: 'below 1 / learningRate' }]);
  });
});
