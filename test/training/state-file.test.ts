import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { decodeState, encodeState } from '../../src/training/state-file.ts';
import {
  type TrainingOptions,
  type TrainingState,
  type TrainingStep,
  train,
} from '../../src/training/train.ts';
import { toyDataset } from './toy-dataset.ts';

const data = toyDataset(30);
const model = createModel({ family: 'mlp', hidden: [6] }, data);
const checkpoint = { at: () => true };

async function records(options: Partial<TrainingOptions>): Promise<TrainingStep[]> {
  const all: TrainingStep[] = [];
  const base: TrainingOptions = { model, data, steps: 6, random: createRandom(1), checkpoint };
  for await (const record of train({ ...base, ...options })) all.push(record);
  return all;
}

describe('a training state as a file', () => {
  it.each(['adam', 'adamw', 'sgd'] as const)(
    'lets training with %s go on as if it had never stopped',
    async (kind) => {
      const optimizer = kind === 'sgd' ? ({ kind, momentum: 0.9 } as const) : { kind };
      const whole = await records({ optimizer });
      const bytes = encodeState(whole[2].state!);
      const resumed = await records({ optimizer, resume: decodeState(bytes) });
      expect(resumed).toEqual(whole.slice(3));
      expect(encodeState(decodeState(bytes))).toEqual(bytes);
    },
  );

  it('holds the parameters under PyTorch’s names', async () => {
    const { tensors } = readSafetensors(encodeState((await records({}))[0].state!));
    expect(tensors.get('network.0.weight')?.shape).toEqual([6, 16]);
    expect(tensors.has('optimizer.first_moment.network.0.weight')).toBe(true);
  });

  it('is refused where it is something else', () => {
    const one = { dtype: 'F32', shape: [1], data: Float32Array.of(1) } as const;
    const file = (metadata: Record<string, string>, tensor: Parameters<typeof writeSafetensors>[0]) =>
      decodeState(writeSafetensors(tensor, metadata), 'state');
    const format = 'rankscope training state';
    expect(() => file({}, new Map([['a', one]]))).toThrow('format');
    expect(() => file({ format }, new Map([['a', one]]))).toThrow('step');
    expect(() => file({ format, step: '-1' }, new Map([['a', one]]))).toThrow('step');
    const wide = { dtype: 'F64', shape: [1], data: Float64Array.of(1) } as const;
    expect(() => file({ format, step: '3' }, new Map([['a', wide]]))).toThrow('state: a;');
  });

  it('of another network is refused when training resumes', async () => {
    const state = (await records({}))[0].state as TrainingState;
    const other = createModel({ family: 'mlp', hidden: [7] }, data);
    await expect(records({ model: other, resume: state })).rejects.toThrow(
      'resume.parameters network.0.weight',
    );
    const sgd = { kind: 'sgd' } as const;
    await expect(records({ optimizer: sgd, resume: state })).rejects.toThrow('resume.optimizer velocity');
  });
});
