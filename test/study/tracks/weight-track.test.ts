import { describe, expect, it } from 'vitest';
import { createModel } from '../../../src/models/create-model.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { metrics } from '../../../src/spectra/metrics.ts';
import { spectrumOf } from '../../../src/spectra/spectrum.ts';
import { weightMetricNames } from '../../../src/spectra/weight-metrics.ts';
import type { NetworkReader } from '../../../src/study/network-reader.ts';
import { measureWeightMatrix } from '../../../src/study/tracks/measure-weight-matrix.ts';
import { valuesOf, weightMatrices } from '../../../src/study/tracks/weight-matrices.ts';
import { weightTrack } from '../../../src/study/tracks/weight-track.ts';
import { initialWeights } from '../../../src/training/train.ts';
import { copyTensors } from '../../../src/training/training-state.ts';

const image = { exampleShape: [1, 28, 28], classes: 10 };
const mlp = createModel({ family: 'mlp', hidden: [12, 8] }, image);
const transformer = createModel({ family: 'transformer', width: 8, heads: 2, blocks: 1 }, image);

describe('weightMatrices', () => {
  it('are the parameters of two or more axes, one row a unit', () => {
    expect(weightMatrices(mlp).map(({ name, rows, columns }) => [name, rows, columns])).toEqual([
      ['network.0.weight', 12, 784],
      ['network.2.weight', 8, 12],
      ['network.4.weight', 10, 8],
    ]);
    const cnn = createModel({ family: 'cnn', channels: [3, 4] }, image);
    expect(weightMatrices(cnn).map(({ name, rows, columns }) => [name, rows, columns])).toEqual([
      ['conv_layers.0.weight', 3, 9],
      ['conv_layers.3.weight', 4, 27],
      ['fc.weight', 10, 196],
    ]);
  });

  it('take query, key and value apart, which PyTorch keeps in one tensor', () => {
    const stacked = weightMatrices(transformer).filter(({ parameter }) =>
      parameter.endsWith('in_proj_weight'),
    );
    expect(stacked.map(({ name, offset }) => [name.split('.').at(-1), offset])).toEqual([
      ['query', 0],
      ['key', 64],
      ['value', 128],
    ]);
    const weights = initialWeights(transformer, createRandom(1));
    const whole = weights.get(stacked[0].parameter)!.data;
    expect(stacked.flatMap((matrix) => [...valuesOf(matrix, weights)])).toEqual([...whole]);
  });
});

describe('measureWeightMatrix', () => {
  it('has the uncentered spectrum and its metrics', () => {
    const random = createRandom('weights');
    const matrix = {
      data: Float32Array.from({ length: 20 * 30 }, () => 0.5 + random.normal()),
      rows: 20,
      columns: 30,
    };
    const { values, singularValues } = measureWeightMatrix(matrix);
    const spectrum = spectrumOf(matrix, { centering: 'none' });
    expect(singularValues).toEqual(spectrum.singularValues);
    expect(values.stable_rank).toEqual(metrics.stable_rank(spectrum));
    const frobenius = Math.sqrt(matrix.data.reduce((sum, w) => sum + w * w, 0));
    expect(values.frobenius_norm).toMatchObject({ determined: true });
    expect((values.frobenius_norm as { value: number }).value / frobenius).toBeCloseTo(1, 12);
    expect(values.spectral_norm).toEqual({ determined: true, value: spectrum.singularValues[0] });
    expect(Object.keys(values)).toEqual([...weightMetricNames]);
    expect(values.tail_exponent).toMatchObject({ determined: true });
  });

  it('says why a small matrix has no tail', () => {
    const { values } = measureWeightMatrix({ data: Float32Array.of(1, 2, 3, 5), rows: 2, columns: 2 });
    expect(values.tail_exponent).toMatchObject({
      determined: false,
      reason: expect.stringMatching(/at least 10/),
    });
    expect(values.stable_rank.determined).toBe(true);
  });
});

describe('weightTrack', () => {
  it('tells how far a matrix moved from the start and in this step', async () => {
    const initial = initialWeights(mlp, createRandom(1));
    const [before, after] = [copyTensors(initial), copyTensors(initial)];
    const name = 'network.2.weight';
    const scale = (by: number, data: Float32Array): void => data.set(data.map((w) => by * w));
    scale(1.25, before.get(name)!.data);
    scale(1.5, after.get(name)!.data);
    const matrices = weightMatrices(mlp);
    const reader = {
      read: async () =>
        matrices.map((matrix) => measureWeightMatrix({ ...matrix, data: valuesOf(matrix, after) })),
    } as unknown as NetworkReader;
    const track = weightTrack(mlp, initial, () => true);
    const [first, second] = await track.measure({ before, after }, reader, Promise.resolve(null));
    expect(track.header.subjects[1]).toEqual({ name, rows: 8, columns: 12 });
    expect(Object.keys(second.values)).toEqual(track.header.series);
    const numberIn = (entry: { determined: boolean; value?: number }): number => entry.value!;
    expect(numberIn(first.values.distance_from_start)).toBe(0);
    expect(numberIn(first.values.update)).toBe(0);
    expect(numberIn(second.values.distance_from_start)).toBeCloseTo(0.5, 6);
    expect(numberIn(second.values.cosine_to_start)).toBeCloseTo(1, 6);
    expect(numberIn(second.values.update)).toBeCloseTo(0.2, 6);
  });
});
