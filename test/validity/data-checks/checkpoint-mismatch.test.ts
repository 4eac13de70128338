import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTorchArchive } from '../../../src/checkpoints/torch-archive.ts';
import { parseNdtRun } from '../../../src/imports/ndt/ndt-run.ts';
import { checkpointMismatch } from '../../../src/validity/data-checks/checkpoint-mismatch.ts';
import { describeWithSharedData } from '../../shared-data.ts';
import { faultsOf, healthyStudy, tensorsOf } from './healthy-study.ts';

const runs = healthyStudy();
const run = runs[0].id;
const fitting = tensorsOf(runs[0].layers);
type Tensors = { name: string; shape: readonly number[] }[];
const messages = (tensors: Tensors, expectedShapes?: Map<string, readonly number[]>) =>
  faultsOf(checkpointMismatch, {
    runs,
    checkpoints: [{ name: 'step 10', run, tensors, expectedShapes }],
  }).map(({ message }) => message);

describe('tensors of a checkpoint', () => {
  it('fit the run whose weights they are', () => {
    const buffers = [
      { name: 'model.norm.running_mean', shape: [16] },
      { name: 'optimizer_state_dict.state.0.exp_avg', shape: [16, 8] },
    ];
    expect(messages([...fitting, ...buffers])).toEqual([]);
  });

  it('do not fit without a logged layer', () => {
    const [message] = messages(fitting.filter(({ name }) => !name.includes('network.2')));
    expect(message).toContain('no weights for 1 of 3 logged layers (network.2)');
  });

  it('do not fit with other units than columns were logged', () => {
    const wider = fitting.map(({ name, shape }) => ({
      name,
      shape: name === 'model.network.2.weight' ? [13, 16] : shape,
    }));
    expect(messages(wider)[0]).toContain('network.2 has weights [13, 16] but 12 columns were logged');
  });

  it('do not fit with another number of parameters', () => {
    const more = [...fitting, { name: 'model.extra', shape: [5] }];
    expect(messages(more)[0]).toMatch(/483 parameters, logged 478/);
  });

  it('do not fit other shapes than expected, whatever else is known of the run', () => {
    expect(messages(fitting, new Map([['model.network.0.weight', [16, 8]]]))).toEqual([]);
    expect(messages(fitting, new Map([['model.network.0.weight', [16, 9]]]))[0]).toContain(
      'expected [16, 9]',
    );
    expect(messages(fitting, new Map([['model.fc.weight', [4]]]))[0]).toContain('model.fc.weight is missing');
  });

  it('are reported once for checkpoints with the same fault', () => {
    const tensors = fitting.slice(2);
    const checkpoints = ['step 10', 'step 20'].map((name) => ({ name, run, tensors }));
    expect(faultsOf(checkpointMismatch, { runs, checkpoints })).toMatchObject([
      { severity: 'error', run, count: 2, of: 2 },
    ]);
  });
});

describeWithSharedData('the published checkpoints', 'ndt', (folder) => {
  it('are those of another network than the logged one', () => {
    const id = 'cnn_deep_mnist';
    const logged = parseNdtRun(readFileSync(join(folder, 'runs', `${id}.json`), 'utf8'), id);
    const checkpoints = ['00100', '01000', '02000'].map((step) => {
      const bytes = readFileSync(join(folder, 'checkpoints', id, `checkpoint_step_${step}.pt`));
      const { tensors } = readTorchArchive(bytes, step);
      return { name: step, run: id, tensors: [...tensors].map(([name, { shape }]) => ({ name, shape })) };
    });
    const faults = faultsOf(checkpointMismatch, { runs: [logged], checkpoints });
    expect(faults).toMatchObject([{ severity: 'error', run: id, count: 3, of: 3 }]);
    expect(faults[0].message).toContain('no weights for 1 of 5 logged layers (conv_layers.9)');
    // Convolutions 1-32-64-128 of 3×3 and a classifier of 128·3·3 inputs: 320 + 18,496 + 73,856 + 11,530.
    expect(faults[0].message).toContain('104,202 parameters, logged 390,410');
  });
});
