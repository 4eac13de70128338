import { describe, expect, it } from 'vitest';
import { stepInName, stepWithin } from '../../src/checkpoints/training-step.ts';

describe('the training step of a checkpoint', () => {
  it.each([
    ['checkpoint-500', 500],
    ['checkpoint_step_00100.pt', 100],
    ['model_step_20.safetensors', 20],
    ['00100.pt', 100],
    ['best_acc_0.9312.pt', null],
    ['resnet50.pt', null],
    ['step_1_step_2.pt', null],
    ['step_0.5.pt', null],
    ['epoch_3.pt', null],
  ])('is in the name %s as %s', (name, step) => {
    expect(stepInName(name)).toBe(step);
  });

  it('is what the file holds within itself: never an epoch, a share or a negative number', () => {
    expect(
      stepWithin(
        new Map<string, number>([
          ['epoch', 3],
          ['global_step', 1200],
        ]),
      ),
    ).toBe(1200);
    expect(stepWithin(new Map([['step', '40']]))).toBe(40);
    expect(stepWithin(new Map([['step', 0.5]]))).toBeNull();
    expect(stepWithin(new Map([['step', -1]]))).toBeNull();
    expect(stepWithin(new Map([['epoch', 3]]))).toBeNull();
  });
});
