import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MeasureName } from '../../src/mechanisms/measures.ts';
import { measureMechanisms } from '../../src/workbench/measure-mechanisms.ts';
import type { ProbedNetwork } from '../../src/workbench/probed-readings.ts';
import { rankscope, scratchFolder } from '../cli/rankscope.ts';

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);

/** What PyTorch computed itself with the same weights (fixtures/export_attention.py). */
interface Expected {
  readonly step: number;
  readonly relative_entropy: readonly [number, number];
  readonly previous_token: readonly [number, number];
  readonly dead: number;
  readonly sparse: number;
  readonly loss: number;
}
const expected: readonly Expected[] = JSON.parse(readFileSync(fixture('attention.json'), 'utf8'));
const network: ProbedNetwork = {
  model: fixture('attention.onnx'),
  inputs: fixture('tokens.npy'),
  labels: fixture('attention_labels.npy'),
};

function folderOf(...names: readonly string[]): string {
  const folder = join(scratchFolder(), 'checkpoints');
  mkdirSync(folder, { recursive: true });
  for (const name of names) copyFileSync(fixture(name), join(folder, name));
  return folder;
}
const checkpoints = () => folderOf(...[0, 5, 10].map((step) => `attention_step_${step}.pt`));

describe('the inside of a network that PyTorch trained, through its ONNX file', () => {
  it('is what PyTorch sees: attention with heads apart and merged, units after their ReLU, loss', async () => {
    const { values, notes } = await measureMechanisms(checkpoints(), { network });
    const at = (measure: MeasureName, subject: string, step: number): number => {
      const found = values.find(
        (one) => one.measure === measure && one.subject === subject && one.step === step,
      );
      return found?.value.determined ? found.value.value : Number.NaN;
    };
    for (const { step, relative_entropy, previous_token, dead, sparse, loss } of expected) {
      ['/apart/Softmax', '/merged/Softmax'].forEach((module, i) => {
        expect(at('attention_entropy', module, step)).toBeCloseTo(relative_entropy[i], 6);
        expect(at('previous_token_score', module, step)).toBeCloseTo(previous_token[i], 6);
      });
      expect(at('dead_units', '/up/MatMul', step)).toBeCloseTo(dead, 12);
      expect(at('activation_sparsity', '/up/MatMul', step)).toBeCloseTo(sparse, 12);
      const losses = [0, 1, 2].map((label) => at('class_loss', `class ${label}`, step));
      // Ten examples, of classes 0, 1, 2, 0, …
      expect((4 * losses[0] + 3 * losses[1] + 3 * losses[2]) / 10).toBeCloseTo(loss, 5);
    }
    expect(notes).toContain('after their nonlinearity: /up/MatMul (Relu)');
    expect(notes).toContain('attention: /apart/Softmax, /merged/Softmax');
  });

  it('has weights, and says of what it cannot know why', async () => {
    const { values } = await measureMechanisms(checkpoints(), { network });
    const weights = values.filter(({ measure, step }) => measure === 'weight_change' && step === 10);
    expect(weights.map(({ subject }) => subject)).toContain('model.merged.in_proj_weight');
    const copying = values.filter(({ measure }) => measure === 'copying_score');
    expect(copying.every(({ value }) => !value.determined && /not found under/.test(value.reason))).toBe(
      true,
    );
  });

  it('says nothing of classes without labels', async () => {
    const { values, notes } = await measureMechanisms(checkpoints(), {
      network: { ...network, labels: undefined },
    });
    expect(notes).toContain('without labels nothing is said of classes');
    expect(values.some(({ measure }) => measure === 'class_accuracy')).toBe(false);
    const selective = values.filter(({ measure }) => measure === 'selectivity_index');
    expect(selective.length).toBeGreaterThan(0);
    expect(selective.every(({ value }) => !value.determined)).toBe(true);
  });

  it('is read of one model per step too, but for the weights', async () => {
    const folder = folderOf();
    for (const step of [0, 10]) copyFileSync(fixture('merged.onnx'), join(folder, `model_step_${step}.onnx`));
    const { values, notes } = await measureMechanisms(folder, {
      network: { model: fixture('merged.onnx'), inputs: fixture('x.npy'), labels: fixture('y.npy') },
    });
    const cka = values.filter(({ measure, step }) => measure === 'cka_to_first' && step === 10);
    for (const { value } of cka) expect(value.determined && value.value).toBeCloseTo(1, 10);
    expect(cka).toHaveLength(3);
    expect(values.some(({ measure }) => measure === 'weight_change')).toBe(false);
    expect(notes?.some((note) => note.startsWith('weights are not measured'))).toBe(true);
  });

  it('is not read where part of what it takes is missing', () => {
    expect(rankscope('mechanisms', checkpoints(), '--model', network.model)).toMatchObject({
      code: 2,
      err: expect.stringContaining('allowed: --model and --inputs together'),
    });
  });

  it('cannot be taken out', async () => {
    const ablate = { kinds: ['heads' as const], replacements: ['zero' as const] };
    await expect(measureMechanisms(checkpoints(), { network, ablate })).rejects.toThrow(
      'ablate; allowed: a study that was trained here',
    );
  });
});
