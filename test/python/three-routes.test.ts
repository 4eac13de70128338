import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readNpy } from '../../src/checkpoints/npy.ts';
import { writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import type { MetricSeries, Run } from '../../src/measurements/types.ts';
import { metricNames } from '../../src/spectra/metrics.ts';
import { openModel } from '../../src/training/session-model.ts';
import { examineWeights } from '../../src/workbench/examine-weights.ts';
import { importLogs } from '../../src/workbench/import-logs.ts';
import { openStudy } from '../../src/workbench/open-study.ts';
import { probeCheckpoints } from '../../src/workbench/probe-store.ts';
import { temporaryFolder } from '../measurements/fixtures.ts';
import { describeWith } from '../requirements.ts';
import { repository, runPython, torchPython } from './torch-python.ts';

/** Of one float32 network that PyTorch and ONNX Runtime compute. */
const tolerance = 1e-5;
/** Of the same activations, whose singular values two programs compute in float64. */
const sameActivations = 1e-12;
const steps = [0, 10, 20, 30, 40];

describeWith(torchPython, 'one training recorded by three routes', () => {
  let folder: string;
  let recorded: Run;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rankscope-routes-'));
    const { status, stderr } = runPython([join(import.meta.dirname, 'three_routes.py'), folder]);
    expect(status, stderr).toBe(0);
    [recorded] = openStudy(join(folder, 'recorded')).runs;
    expect([...recorded.steps]).toEqual(steps);
    expect(recorded.layers.map(({ name }) => name)).toEqual(['conv', 'hidden', 'head']);
    expect(recorded.evaluations.at(-1)!.accuracy).toBeGreaterThan(recorded.evaluations[0].accuracy);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const imported = async (source: string): Promise<Run> => {
    const study = join(temporaryFolder(), 'study');
    await importLogs(join(folder, source), study);
    return openStudy(study).runs[0];
  };
  const probed = async (checkpoints: string): Promise<Run> => {
    const study = join(temporaryFolder(), 'study');
    await probeCheckpoints(
      join(folder, 'model.onnx'),
      join(folder, checkpoints),
      join(folder, 'inputs.npy'),
      study,
      { labels: join(folder, 'labels.npy') },
    );
    return openStudy(study).runs[0];
  };

  it('has the same numbers in a table of one’s own', async () => {
    const own = await imported('log.csv');
    expect([...own.steps]).toEqual(steps);
    expect([...own.loss]).toEqual([...recorded.loss]);
    expect(own.evaluations.map(({ accuracy }) => accuracy)).toEqual(
      recorded.evaluations.map(({ accuracy }) => accuracy),
    );
    own.layers.forEach(({ name, series }, i) => {
      expect(name).toBe(recorded.layers[i].name);
      const found = series.get('participation_ratio')!.values;
      const expected = recorded.layers[i].series.get('participation_ratio')!.values;
      found.forEach((value, at) => {
        expect(Math.abs(value / expected[at] - 1), name).toBeLessThan(sameActivations);
      });
    });
  });

  it('has the same spectra and metrics from activations that were saved', async () => {
    const own = await imported('activations');
    expectSame(own, recorded, sameActivations);
  });

  it('has the same spectra, metrics and evaluation from an ONNX file and checkpoints', async () => {
    const own = await probed('checkpoints');
    expectSame(own, recorded, tolerance);
    own.evaluations.forEach((evaluation, at) => {
      const { step, accuracy, loss } = recorded.evaluations[at];
      expect(evaluation).toMatchObject({ step, accuracy });
      expect(Math.abs(evaluation.loss! / loss! - 1)).toBeLessThan(tolerance);
    });
  });

  it('has the same bits wherever one runtime computed the activations: weights written in, or a model per step', async () => {
    const written = await probed('checkpoints');
    const exported = await probed('exports');
    const saved = join(folder, 'runtime');
    mkdirSync(saved);
    for (const step of steps) {
      const model = readFileSync(join(folder, 'exports', `model_step_${step}.onnx`));
      writeFileSync(join(saved, `step_${step}.safetensors`), await layersOf(model, folder));
    }
    const own = await imported('runtime');
    written.layers.forEach(({ spectra, series }, i) => {
      for (const other of [exported.layers[i], own.layers.find(({ name }) => name === names[i])!]) {
        expect(other.spectra).toEqual(spectra);
        expect(measuredIn(other.series)).toEqual(measuredIn(series));
      }
    });
    expect(exported.evaluations).toEqual(written.evaluations);
  });

  it('is exported as the README says, in lines that are run here', async () => {
    const readme = readFileSync(join(repository, 'README.md'), 'utf8');
    const code = /```python\n([^`]*torch\.onnx\.export[^`]*)```\n\n```sh\n([^`]*)```/.exec(readme)!;
    expect(`${code[1]}${code[2]}`.trimEnd().split('\n').length).toBeLessThanOrEqual(5);
    const own = temporaryFolder();
    writeFileSync(join(own, 'export.py'), `${untrained}${code[1]}`);
    const { status, stderr } = runPython(['export.py'], own);
    expect(status, stderr).toBe(0);
    const { replay, header } = await probeCheckpoints(
      join(own, 'model.onnx'),
      join(own, 'step_0.pt'),
      join(own, 'inputs.npy'),
      join(own, 'my-study'),
    );
    expect(replay).toEqual({ checked: true, equal: true, largest: 0 });
    expect(header.layers).toHaveLength(2);
  });

  it('leaves what is saved beside the weights where it is: skipped, not run, and named', async () => {
    const [{ step, skipped }] = await examineWeights([join(folder, 'checkpoints', 'saved-a.pt')]);
    expect(step).toBe(40);
    expect(skipped.get('no tensors, neither made nor run')).toEqual([
      'scheduler (torch.optim.lr_scheduler.StepLR)',
      'args (argparse.Namespace)',
    ]);
  });
});

/** By id, with what is asked for when it is looked at. */
function measuredIn(series: ReadonlyMap<string, MetricSeries>): Record<string, MetricSeries> {
  return Object.fromEntries(
    [...series].map(([id, one]) => [id, { ...one, values: one.values, undetermined: one.undetermined }]),
  );
}

const untrained = `
import numpy, torch
from torch import nn
x = torch.randn(20, 6)
numpy.save("inputs.npy", x.numpy())
model = nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Linear(12, 3))
torch.save(model.state_dict(), "step_0.pt")
`;
const names = ['conv', 'hidden', 'logits'];

/** What ONNX Runtime computes of the layers, channels averaged over positions: as a user saves activations. */
async function layersOf(model: Uint8Array, folder: string): Promise<Uint8Array> {
  const { data, shape } = readNpy(readFileSync(join(folder, 'inputs.npy')));
  const session = await openModel(model, { optimization: 'disabled', threads: 1 });
  const found = await session.run(
    new Map([['x', { type: 'float32', data: data as Float32Array, shape }]]),
    names,
  );
  await session.close();
  return writeSafetensors(
    new Map(
      names.map((name) => {
        const { data: values, shape: extents } = found.get(name)!;
        const [rows, columns, ...positions] = extents;
        const own = positions.reduce((product, extent) => product * extent, 1);
        const means = Float64Array.from({ length: rows * columns }, (_, i) => {
          let sum = 0;
          for (let p = 0; p < own; p++) sum += (values as Float32Array)[i * own + p];
          return sum / own;
        });
        return [name, { dtype: 'F64', shape: [rows, columns], data: means }] as const;
      }),
    ),
  );
}

/** Singular values as a share of the first, and every metric as a share of itself. */
function expectSame(found: Run, expected: Run, within: number): void {
  expect([...found.steps]).toEqual([...expected.steps]);
  expect(found.layers).toHaveLength(expected.layers.length);
  // Imported layers stand in the order of their files' keys.
  const order = (run: Run) => [...run.layers].sort((a, b) => a.depth - b.depth);
  order(expected).forEach((layer, i) => {
    const own = found.layers.find(({ name }) => name === layer.name) ?? order(found)[i];
    for (const variant of ['centered', 'raw'] as const) {
      own.spectra!.complete![variant]!.forEach((spectrum, at) => {
        const other = layer.spectra!.complete![variant]![at]!.singularValues;
        expect(spectrum!.singularValues).toHaveLength(other.length);
        spectrum!.singularValues.forEach((value, k) => {
          expect(Math.abs(value - other[k]) / other[0], `${variant} of ${layer.name}`).toBeLessThan(
            // Square roots of rounding: what is below carries no digits.
            other[k] < 1e-6 * other[0] ? 1e-6 : within,
          );
        });
      });
    }
    for (const metric of metricNames) {
      const values = own.series.get(metric)!.values;
      layer.series.get(metric)!.values.forEach((value, at) => {
        if (Number.isNaN(value)) expect(values[at], metric).toBeNaN();
        else expect(Math.abs(values[at] / value - 1), `${metric} of ${layer.name}`).toBeLessThan(within);
      });
    }
  });
}
