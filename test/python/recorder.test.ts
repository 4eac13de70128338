import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { checkFiles } from '../../src/measurements/format/check-store.ts';
import type { SubjectRecord } from '../../src/measurements/track-record.ts';
import type { Run } from '../../src/measurements/types.ts';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { measuredSeries, measureLayer } from '../../src/study/measure-layer.ts';
import {
  type MechanismTrack,
  mechanismRecords,
  mechanismTracks,
  trackedSubjects,
} from '../../src/study/mechanism-records.ts';
import { measureWeightMatrix } from '../../src/study/tracks/measure-weight-matrix.ts';
import { valuesOf, weightMatrices } from '../../src/study/tracks/weight-matrices.ts';
import { verifyStudy } from '../../src/study/verify-store.ts';
import { openProbe } from '../../src/training/probe.ts';
import { encodeState } from '../../src/training/state-file.ts';
import { type TrainingState, train } from '../../src/training/train.ts';
import { openStudy } from '../../src/workbench/open-study.ts';
import { temporaryFolder } from '../measurements/fixtures.ts';
import { describeWith } from '../requirements.ts';
import { toyDataset } from '../training/toy-dataset.ts';
import { repository, runPython, torchPython } from './torch-python.ts';

/** Agreement that is promised: of float32 networks that two programs compute. */
const tolerance = 1e-5;

describeWith(torchPython, 'the PyTorch recorder', () => {
  it('keeps what its own tests promise (python/tests)', () => {
    const { status, stderr } = runPython(['python/tests/test_recorder.py']);
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/Ran \d{2,} tests/);
  });

  it('writes a study that is checked, verified and analyzed like any other: the README', {
    timeout: 120_000,
  }, () => {
    const page = readFileSync(join(repository, 'README.md'), 'utf8');
    const code = /## From your PyTorch loop.*?```python\n(.*?)```/s.exec(page)?.[1] ?? '';
    expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(5);
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'train.py'), `${prelude}\n${code}`);
    const { status, stderr } = runPython(['train.py'], folder);
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(
      /^rankscope: mine: \d+ measurements of 2 layers took [\d.]+ s, [\d.]+% of [\d.]+ s$/m,
    );
    const study = join(folder, 'my-study');
    expect(checkFiles(study).flatMap(({ faults }) => faults)).toEqual([]);
    expect(verifyStudy(study)).toMatchObject({ isWhole: true, runs: [{ run: 'mine', state: 'ended' }] });
    const { manifest, runs, remarks } = openStudy(study);
    expect([manifest.origin, remarks]).toEqual(['recorded', []]);
    expect(runs[0]).toMatchObject({ seed: 0, complete: true, family: 'mlp' });
    expect(runs[0].loss.every(Number.isFinite)).toBe(true);
    expect(runs[0].layers[0].series.get('participation_ratio')?.values.at(-1)).toBeGreaterThan(1);
    const analysis = analyzeStudy(runs, { seriesId: 'participation_ratio' });
    expect(analysis.runs[0].layers).toHaveLength(2);
  });

  describe.each<[string, Architecture]>([
    ['an MLP', { family: 'mlp', hidden: [24, 12] }],
    ['a CNN', { family: 'cnn', channels: [5, 9] }],
    ['a transformer', { family: 'transformer', width: 12, heads: 2, blocks: 2 }],
  ])('of %s, trained here and loaded there', (_, architecture) => {
    it('measures what our own probe measures on the same weights', async () => {
      const { ours, inside, recorded, model, state } = await bothMeasurements(architecture);
      expect(recorded.layers.length).toBeGreaterThan(1);
      for (const layer of recorded.layers) {
        const activation = ours.get(layer.name);
        if (activation === undefined) {
          expect(layer.kind, layer.name).toBe('attention-output');
          continue;
        }
        const expected = measureLayer(activation, ['centered', 'raw']);
        for (const variant of ['centered', 'raw'] as const) {
          const { singularValues, reliable, rowFourthMoment } = expected[variant]!;
          const found = layer.spectra!.complete![variant]![0]!;
          const where = `${variant} of ${layer.name}`;
          expect(found.reliable, where).toBe(reliable);
          expect(distance(found.singularValues, singularValues), where).toBeLessThan(tolerance);
          expect(Math.abs(found.rowFourthMoment / rowFourthMoment - 1), where).toBeLessThan(tolerance);
        }
        for (const { id } of measuredSeries(['centered', 'raw'])) {
          const value = expected.metrics[id];
          if (!value.determined) continue;
          expect(layer.series.get(id)!.values[0] / value.value, `${id} of ${layer.name}`).toBeCloseTo(1, 4);
        }
      }
      const track = recorded.tracks!.find(({ id }) => id === 'weights')!;
      expect(track.subjects.map(({ name }) => name)).toEqual(weightMatrices(model).map(({ name }) => name));
      weightMatrices(model).forEach((matrix, i) => {
        const { rows, columns, name } = matrix;
        const { values, singularValues } = measureWeightMatrix({
          data: valuesOf(matrix, state.parameters),
          rows,
          columns,
        });
        expect(distance(track.subjects[i].singularValues![0], singularValues!), name).toBeLessThan(1e-9);
        for (const [metric, value] of Object.entries(values)) {
          const found = track.subjects[i].series.get(metric)!.values[0];
          if (value.determined) expect(found / value.value, `${metric} of ${name}`).toBeCloseTo(1, 6);
          else expect(found).toBeNaN();
        }
      });
      for (const [id, expected] of inside) {
        const track = recorded.tracks!.find((one) => one.id === id)!;
        const named = new Map(track.subjects.map((subject) => [subject.name, subject]));
        let compared = 0;
        for (const [name, { values }] of expected) {
          const subject = named.get(name);
          // Heads, and what PyTorch's attention does in one call, are not layers there.
          if (subject === undefined) {
            expect(`${id} of ${name}`).toMatch(/^units of .*self_attn/);
            continue;
          }
          expect([...subject.series.keys()], name).toEqual(Object.keys(values));
          for (const [measure, value] of Object.entries(values)) {
            const found = subject.series.get(measure)!.values[0];
            const where = `${measure} of ${name}`;
            if (!value.determined) expect(found, where).toBeNaN();
            else
              expect(Math.abs(found - value.value), where).toBeLessThan(
                tolerance * Math.max(1, Math.abs(value.value)),
              );
            compared++;
          }
        }
        expect(compared, id).toBeGreaterThan(0);
      }
    });
  });
});

const prelude = `
import torch
from torch import nn
torch.manual_seed(0)
inputs = torch.randn(600, 8)
labels = (inputs[:, :2].prod(1) > 0).long()
held_out = inputs[400:]
model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
batches = [(inputs[chosen], labels[chosen]) for chosen in torch.randint(0, 400, (700, 32))]
def train_on(x, y):
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss
`;

/** Largest difference of singular values, as a share of the first. */
function distance(found: Float64Array, expected: Float64Array): number {
  expect(found).toHaveLength(expected.length);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(found[i] - value)), 0) / expected[0];
}

/** A network trained for some steps: its layers as measured here, and as the recorder measures its twin. */
async function bothMeasurements(architecture: Architecture) {
  const data = toyDataset(120, [1, 8, 8], 10);
  const model = createModel(architecture, data);
  const steps = 30;
  const at = (step: number): boolean => step === steps - 1;
  let state: TrainingState | null = null;
  for await (const record of train({ model, data, steps, random: createRandom(5), checkpoint: { at } })) {
    state = record.state;
  }
  const probe = await openProbe(model, { count: data.count, pooling: 'position-mean' });
  const { activations } = await probe.read(state!.parameters, data.inputs);
  await probe.close();
  const records = mechanismRecords(model, data, undefined);
  const inside = new Map<MechanismTrack, [string, SubjectRecord][]>();
  for (const track of Object.keys(mechanismTracks) as MechanismTrack[]) {
    const subjects = trackedSubjects(model, track);
    if (subjects.length === 0) continue;
    const taken = await records.take(track, state!.parameters);
    inside.set(
      track,
      subjects.map((name, i) => [name, taken[i]]),
    );
  }
  await records.close();

  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'twin.json'),
    JSON.stringify({ architecture, shape: data.exampleShape, labels: [...data.labels] }),
  );
  writeFileSync(
    join(folder, 'inputs.f32'),
    Buffer.from(data.inputs.buffer, data.inputs.byteOffset, data.inputs.byteLength),
  );
  writeFileSync(join(folder, 'state.safetensors'), encodeState(state!));
  const { status, stderr } = runPython([join(import.meta.dirname, 'record_twin.py'), folder]);
  expect(status, stderr).toBe(0);
  const [recorded]: readonly Run[] = openStudy(join(folder, 'study')).runs;
  return { ours: activations, inside, recorded, model, state: state! };
}
