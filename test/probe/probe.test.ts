import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { readStudy } from '../../src/measurements/study-store.ts';
import { rankscope, scratchFolder } from '../cli/rankscope.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const fixture = (name: string): string => join(fixtures, name);

/** What PyTorch computed itself with the same weights (fixtures/export.py). */
interface Expected {
  readonly step: number;
  readonly accuracy: number;
  readonly loss: number;
  readonly singular_values: Readonly<Record<'conv' | 'fc1' | 'fc2', readonly number[]>>;
}
const expected: readonly Expected[] = JSON.parse(readFileSync(fixture('expected.json'), 'utf8'));

/** A folder with copies of some fixtures. */
function folderOf(...names: readonly string[]): string {
  const folder = join(scratchFolder(), 'checkpoints');
  mkdirSync(folder, { recursive: true });
  for (const name of names) copyFileSync(fixture(name), join(folder, name));
  return folder;
}

const steps = ['step_0.pt', 'step_10.pt', 'step_20.pt'];
const probe = (model: string, checkpoints: string, inputs: string, ...options: string[]) => {
  const study = join(scratchFolder(), 'study');
  return {
    study,
    ...rankscope(
      'probe',
      resolve(fixtures, model),
      checkpoints,
      resolve(fixtures, inputs),
      '--out',
      study,
      ...options,
    ),
  };
};

describe('rankscope probe', () => {
  it.each(['merged.onnx', 'one-at-a-time.onnx'])(
    'measures at every checkpoint of %s what PyTorch computes',
    (model) => {
      const { code, err, study } = probe(model, folderOf(...steps), 'x.npy', '--labels', fixture('y.npy'));
      expect(err).toBe('');
      expect(code).toBe(0);
      const { manifest, runs } = readStudy(study);
      expect(manifest.origin).toBe('probed');
      const [run] = runs;
      expect([...run.steps]).toEqual([0, 10, 20]);
      expect(run.layers.map(({ kind }) => kind)).toEqual(['convolution', 'linear', 'linear']);
      expected.forEach(({ step, accuracy, loss, singular_values }, i) => {
        expect(run.evaluations[i]).toMatchObject({ step, examples: 12 });
        expect(run.evaluations[i].accuracy).toBeCloseTo(accuracy, 6);
        expect(run.evaluations[i].loss).toBeCloseTo(loss, 5);
        (['conv', 'fc1', 'fc2'] as const).forEach((layer, l) => {
          const measured = run.layers[l].spectra!.centered![i];
          const [first] = singular_values[layer];
          singular_values[layer].forEach((value, k) => {
            expect(Math.abs(measured[k] - value) / first).toBeLessThan(1e-5);
          });
        });
      });
    },
  );

  it('gives parameters that the exporter merged values of their own, and says so', () => {
    const { out } = probe('merged.onnx', folderOf(...steps), 'x.npy', '--json');
    const { weights, exported, replay } = JSON.parse(out);
    const running = weights.find(({ weight }: { weight: string }) => weight === 'bn.running_var');
    expect(running).toMatchObject({
      parameter: 'bn.running_var',
      kind: 'merged',
      merged_into: 'bn.weight',
      how: 'name',
    });
    expect(exported.step).toBe(0);
    expect(replay).toEqual({ checked: true, equal: true, largest: 0 });
  });

  it('finds weights that the exporter renamed and transposed by their values in the exported checkpoint', () => {
    const { code, study } = probe(
      'renamed.onnx',
      folderOf('tokens_step_0.pt', 'tokens_step_5.pt'),
      'tokens.npy',
    );
    expect(code).toBe(0);
    expect(readStudy(study).runs[0].layers.length).toBeGreaterThanOrEqual(2);
    const later = probe('renamed.onnx', folderOf('tokens_step_5.pt'), 'tokens.npy');
    expect(later.code).toBe(2);
    expect(later.err).toMatch(/1 not found: inner\.weight; renamed in the model: onnx::MatMul_\d+/);
    expect(later.err).toContain('no checkpoint is the one that was exported');
  });

  it('refuses a model with weights that were folded away, and says how to export', () => {
    const { code, err } = probe('folded.onnx', folderOf(...steps), 'x.npy');
    expect(code).toBe(2);
    expect(err).toContain('conv.weight, conv.bias, bn.weight, bn.bias, bn.running_mean, bn.running_var');
    expect(err).toContain('TrainingMode.PRESERVE');
  });

  it('says of a model whose work is all inside If that nothing of it can be measured', () => {
    const { code, err } = probe('inside-if.onnx', folderOf('step_0.pt'), 'x.npy');
    expect(code).toBe(2);
    expect(err).toContain('none outside If, Loop, Scan and functions, which hold 2 MatMul');
  });

  it('refuses inputs of another shape, checkpoints without a step, and nodes that are nowhere', () => {
    expect(probe('merged.onnx', folderOf(...steps), 'tokens.npy').err).toContain(
      'input x is "examples of shape [5]"; allowed: [1,4,4]',
    );
    const empty = join(folderOf(), 'step_0.safetensors');
    writeFileSync(empty, writeSafetensors(new Map()));
    expect(probe('merged.onnx', empty, 'x.npy').err).toContain('value is "no weights"');
    const unnamed = join(folderOf(), 'final.pt');
    copyFileSync(fixture('tokens_step_0.pt'), unnamed);
    expect(probe('merged.onnx', unnamed, 'x.npy').err).toContain('a name that says the training step');
    const unknown = probe('merged.onnx', folderOf(...steps), 'x.npy', '--nodes', '/fc1/Gem');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('did you mean /fc1/Gemm?');
  });

  it('says of a run that fails whether the inputs are at fault or what is captured', () => {
    const bytes = readFileSync(fixture('tokens.npy'));
    bytes.writeBigInt64LE(1_000_000n, 10 + bytes.readUInt16LE(8));
    const inputs = join(folderOf(), 'unknown-token.npy');
    writeFileSync(inputs, bytes);
    const { code, err } = probe('renamed.onnx', folderOf('tokens_step_0.pt'), inputs);
    expect(code).toBe(2);
    expect(err).toMatch(/a run on \w+ \[2,\d+\] is/);
    expect(err).toContain('on these it fails even for its own output alone');
  });

  it('takes the step that a checkpoint holds within itself, whatever it is called', () => {
    const folder = folderOf('step_0.pt');
    copyFileSync(fixture('step_10.pt'), join(folder, 'best_acc_0.9312.pt'));
    copyFileSync(fixture('merged.onnx'), join(folder, 'merged.onnx'));
    const { study } = probe(join(folder, 'merged.onnx'), folder, 'x.npy');
    expect([...readStudy(study).runs[0].steps]).toEqual([0, 10]);
  });

  it('runs a model per step as it is, and refuses one with other layers', () => {
    const folder = folderOf();
    copyFileSync(fixture('merged.onnx'), join(folder, 'model_step_0.onnx'));
    expect(readStudy(probe('merged.onnx', folder, 'x.npy').study).runs[0].steps).toHaveLength(1);
    copyFileSync(fixture('merged.onnx'), join(folder, 'model_step_10.onnx'));
    const { code, out, study } = probe('merged.onnx', folder, 'x.npy', '--labels', fixture('y.npy'));
    expect(code).toBe(0);
    expect(out).toContain('each step is a model of its own, run as it was exported');
    const { manifest, runs } = readStudy(study);
    expect(manifest.source).toBe('ONNX models');
    const [{ steps: at, layers, evaluations }] = runs;
    expect([...at]).toEqual([0, 10]);
    const [before, after] = layers[1].spectra!.centered!;
    expect(after).toEqual(before);
    expect(evaluations[1].accuracy).toBeCloseTo(expected[0].accuracy, 6);
    copyFileSync(fixture('renamed.onnx'), join(folder, 'model_step_10.onnx'));
    expect(probe('merged.onnx', folder, 'x.npy').err).toMatch(
      /model_step_10\.onnx: layers is .*; allowed: those of the first step: /,
    );
  });

  it('leaves nothing behind where it fails', () => {
    const folder = folderOf(...steps);
    writeFileSync(join(folder, 'step_30.pt'), 'no archive');
    const { code, study } = probe('merged.onnx', folder, 'x.npy');
    expect(code).toBe(2);
    expect(existsSync(study)).toBe(false);
  });
});
