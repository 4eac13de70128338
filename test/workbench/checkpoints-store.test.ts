import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { runOf } from '../../src/derived/run-of.ts';
import { checkpointMisfit } from '../../src/findings/audit/checkpoint-fit.ts';
import { readStudy } from '../../src/measurements/study-store.ts';
import { readCheckpoints } from '../../src/workbench/checkpoints-store.ts';
import { describeWith } from '../requirements.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-checkpoints-'));
  folders.push(folder);
  mkdirSync(join(folder, 'mine'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'mine', name), bytes);
  return folder;
}

const tensor = (...values: number[]) =>
  ({ dtype: 'F32', shape: [values.length], data: Float32Array.from(values) }) as const;
const weights = (names: readonly string[], metadata: Record<string, string> = {}, value = 1) =>
  writeSafetensors(new Map(names.map((name) => [name, tensor(value, 2)])), metadata);
const run = runOf({
  id: 'mine',
  steps: [0, 50, 100],
  layers: { fc: { stable_rank: [3, 2, 1] } },
  plannedSteps: 100,
});
const stepsOf = (folder: string) => readCheckpoints(folder, [run]).checkpoints.map(({ step }) => step);

describe('checkpoints of a study', () => {
  it('have the step that is within them, or that their name says without doubt', () => {
    expect(
      stepsOf(
        folderWith({
          'last.safetensors': weights(['fc.weight'], { step: '70' }),
          'checkpoint_step_00010.safetensors': weights(['fc.weight']),
          'checkpoint-20.safetensors': weights(['fc.weight']),
          '00030.safetensors': weights(['fc.weight']),
          'epoch=3-step=40.safetensors': weights(['fc.weight']),
          'model_step_99.safetensors': weights(['fc.weight'], { global_step: '50' }),
        }),
      ),
    ).toEqual([10, 20, 30, 40, 50, 70]);
  });

  it('never have a step from any digits in the name, beyond the run, or twice: those files are named', () => {
    const folder = folderWith({
      'best_acc_0.9312.safetensors': weights(['fc.weight']),
      'step_1_step_2.safetensors': weights(['fc.weight']),
      'step_200.safetensors': weights(['fc.weight']),
      'step_50.safetensors': weights(['fc.weight']),
      'z.safetensors': weights(['fc.weight'], { step: '50' }),
      'notes.txt': new Uint8Array(1),
    });
    const { checkpoints, notes } = readCheckpoints(folder, [run]);
    expect(checkpoints.map(({ step }) => step)).toEqual([50]);
    expect(notes).toEqual([
      'mine/best_acc_0.9312.safetensors was ignored: neither the file nor its name says its training step',
      'mine/notes.txt was ignored: no .pt, .pth or .safetensors file',
      'mine/step_1_step_2.safetensors was ignored: neither the file nor its name says its training step',
      'mine/step_200.safetensors was ignored: step 200 is beyond the run, which ends at 100',
      'mine/z.safetensors was ignored: step 50 is that of step_50.safetensors, too',
    ]);
  });

  it.each([
    [['fc.weight', 'optimizer.fc.weight.exp_avg', 'optimizer.step'], ['fc.weight']],
    [
      ['model.fc.weight', 'model.fc.bias', 'optimizer_state_dict.state.0.exp_avg'],
      ['fc.weight', 'fc.bias'],
    ],
    [
      ['state_dict.module.fc.weight', 'state_dict.module.head.weight'],
      ['fc.weight', 'head.weight'],
    ],
    [['_orig_mod.module.fc.weight'], ['fc.weight']],
    // A head outside `model.` is not lost, and `model.` stays where it is a part of the network.
    [
      ['model.fc.weight', 'lm_head.weight'],
      ['model.fc.weight', 'lm_head.weight'],
    ],
    [
      ['state_dict.model.fc.weight', 'state_dict.head.weight'],
      ['model.fc.weight', 'head.weight'],
    ],
  ])('have the weights alone: %j', (names, expected) => {
    const [{ tensors }] = readCheckpoints(folderWith({ 'step_1.safetensors': weights(names) })).checkpoints;
    expect([...tensors.keys()].sort()).toEqual([...expected].sort());
  });

  it('keep what a known layer of the run begins with', () => {
    const named = runOf({ id: 'mine', steps: [1], layers: { 'model.0': { stable_rank: [2] } } });
    const folder = folderWith({
      'step_1.safetensors': weights(['module.model.0.weight', 'module.model.2.weight']),
    });
    const [{ tensors }] = readCheckpoints(folder, [named]).checkpoints;
    expect([...tensors.keys()]).toEqual(['model.0.weight', 'model.2.weight']);
  });

  it('of our own training are the weights alone, and as many as the run has parameters', () => {
    const folder = folderWith({});
    const source = resolve(import.meta.dirname, '../measurements/studies/v2');
    cpSync(join(source, 'checkpoints'), folder, { recursive: true });
    rmSync(join(folder, 'mine'), { recursive: true });
    const { runs } = readStudy(source);
    const { checkpoints, notes } = readCheckpoints(folder, runs);
    expect(notes).toEqual([]);
    expect(checkpoints.length).toBeGreaterThan(0);
    for (const checkpoint of checkpoints) {
      const own = runs.find(({ id }) => id === checkpoint.run)!;
      expect(checkpointMisfit(own, checkpoint)).toBeNull();
    }
  });

  it('say that a weight is NaN', () => {
    const { notes } = readCheckpoints(
      folderWith({ 'step_1.safetensors': weights(['fc.weight'], {}, Number.NaN) }),
    );
    expect(notes).toEqual(['mine/step_1.safetensors: not every number of fc.weight is finite']);
  });
});

const shared = resolve(import.meta.dirname, '../../../shared/cases/checkpoints');
const requirement = {
  missing: existsSync(shared) ? null : '../shared/cases/checkpoints is not here',
  demanded: process.env.RANKSCOPE_REQUIRE_SHARED === '1',
};

describeWith(requirement, 'the named cases', () => {
  const read = (name: string) => {
    const folder = folderWith({});
    cpSync(join(shared, `${name}.pt`), join(folder, 'mine', `step_${name.slice(-1)}.pt`));
    return readCheckpoints(folder);
  };

  it.each([
    ['b_legacy_1', /undamaged archive of PyTorch before 1\.6/],
    ['zf_tar_1', /undamaged tar archive/],
    ['c_module_1', /torch\.nn\.modules\.container\.Sequential.*state_dict/],
  ])('%s is named for what it is', (name, message) => {
    expect(() => read(name)).toThrow(message);
  });

  it.each([
    ['d_numpyscalar_1', /numpy\.core\.multiarray\.scalar/],
    ['f_multistep_1', null],
    ['s_ddp_1', null],
  ])('%s: its tensors are read, under the names of the network', (name, skipped) => {
    const { checkpoints, notes } = read(name);
    expect([...checkpoints[0].tensors.keys()]).toEqual(['0.weight', '0.bias', '2.weight', '2.bias']);
    expect(checkpoints[0].step).toBe(1);
    if (skipped === null) expect(notes).toEqual([]);
    else expect(notes).toEqual([expect.stringMatching(skipped)]);
  });
});
