import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/checkpoints/safetensors.ts';
import { assertPlan, encodeCheckpoint, openCheckpoint } from '../../src/study/checkpoint.ts';
import type { RunPlan } from '../../src/study/run-plan.ts';
import type { TrainingState } from '../../src/training/train.ts';
import { smallPlan } from './small-study.ts';

const plan = smallPlan({ dataFolder: '/somewhere' });
const tensor = (...data: number[]) => ({ shape: [data.length], data: Float32Array.from(data) });
const state = {
  step: 7,
  parameters: new Map([
    ['network.0.weight', tensor(1, -2, 0.1)],
    ['network.0.bias', tensor(3)],
  ]),
  optimizer: new Map([['first_moment.network.0.bias', tensor(1e-30)]]),
};

function decodeCheckpoint(bytes: Uint8Array, of: RunPlan, file: string): TrainingState {
  const opened = openCheckpoint(bytes, file);
  assertPlan(opened.metadata, of, file);
  return opened.state;
}

describe('a checkpoint', () => {
  it('holds tensors under PyTorch names, the optimizer apart, and says what it is', () => {
    const { tensors, metadata } = readSafetensors(encodeCheckpoint(state, plan));
    expect([...tensors.keys()].toSorted()).toEqual([
      'network.0.bias',
      'network.0.weight',
      'optimizer.first_moment.network.0.bias',
    ]);
    expect(metadata).toMatchObject({
      format: 'rankscope training state',
      run: 'tiny_drawn_digits_seed0',
      architecture: 'tiny',
      dataset: 'drawn_digits',
      seed: '0',
      step: '7',
    });
    expect(JSON.parse(metadata.plan)).toMatchObject({ training: { steps: 12, optimizer: 'adam' } });
  });

  it('reads back as the state it was', () => {
    expect(decodeCheckpoint(encodeCheckpoint(state, plan), plan, 'a')).toEqual(state);
  });

  it('does not depend on where the data lie', () => {
    const elsewhere = { ...plan, dataFolder: null };
    expect(encodeCheckpoint(state, elsewhere)).toEqual(encodeCheckpoint(state, plan));
    expect(decodeCheckpoint(encodeCheckpoint(state, plan), elsewhere, 'a').step).toBe(7);
  });

  it('is refused for another run, and for a step beyond the end', () => {
    const other = smallPlan({ seeds: [1] });
    expect(() => decodeCheckpoint(encodeCheckpoint(state, plan), other, 'a.safetensors')).toThrow(
      'a.safetensors: __metadata__.run is "tiny_drawn_digits_seed0"; allowed: tiny_drawn_digits_seed1',
    );
    const late = encodeCheckpoint({ ...state, step: 12 }, plan);
    expect(() => decodeCheckpoint(late, plan, 'a')).toThrow(
      '__metadata__.step is "12"; allowed: a step below 12',
    );
  });
});
