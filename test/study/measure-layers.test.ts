import { describe, expect, it } from 'vitest';
import { createModel } from '../../src/models/create-model.ts';
import { initialize } from '../../src/models/initialize.ts';
import type { Model } from '../../src/models/model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { metrics } from '../../src/spectra/metrics.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import { measuredSeries, measureLayer } from '../../src/study/measure-layer.ts';
import { layerMeter } from '../../src/study/measure-layers.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { type Activation, openProbe } from '../../src/training/probe.ts';
import { smallDigits, smallStudy } from './small-study.ts';

const samples = 20;
const both = ['centered', 'raw'] as const;
const input = { exampleShape: [1, 28, 28], classes: 10 };
const cnn = createModel({ family: 'cnn', channels: [3, 4] }, input);
const transformer = createModel({ family: 'transformer', width: 8, heads: 2, blocks: 1 }, input);
const meterOf = (model: Model, measurement: StudyFileInput['measurement'], seed = 1) =>
  layerMeter(model, smallStudy({ measurement: { samples, ...measurement } }).measurement, createRandom(seed));

/** Activations of the untrained network, as training hands them out. */
async function activationsOf(model: Model, measurement: StudyFileInput['measurement']) {
  const meter = meterOf(model, measurement);
  const layers = meter.headers.map(({ name }) => name);
  const parameters = new Map(
    model.parameters.map(({ name, shape }) => [
      name,
      { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) },
    ]),
  );
  initialize(model.parameters, parameters, createRandom(3));
  const probe = await openProbe(model, { count: samples, layers, pooling: meter.pooling });
  const { activations } = await probe.read(parameters, smallDigits.inputs.subarray(0, samples * 784));
  await probe.close();
  return { meter, activations };
}

describe('layerMeter', () => {
  it('takes features as columns, averaged over positions', () => {
    expect(meterOf(cnn, {}).headers.map(({ name, features, pooling }) => [name, features, pooling])).toEqual([
      ['conv_layers.0', 3, 'batch × channel means'],
      ['conv_layers.3', 4, 'batch × channel means'],
      ['fc', 10, 'batch × units'],
    ]);
    expect(
      meterOf(transformer, {}).headers.map(({ name, features, pooling }) => [name, features, pooling]),
    ).toEqual([
      ['input_proj', 8, 'batch × feature means'],
      ['transformer.layers.0.linear1', 32, 'batch × feature means'],
      ['transformer.layers.0.linear2', 8, 'batch × feature means'],
      ['fc', 10, 'batch × units'],
    ]);
  });

  it('takes tokens as columns when asked for the published pooling, and says so', () => {
    const { headers } = meterOf(transformer, { pooling: 'published' });
    expect(headers.map(({ features, pooling }) => [features, pooling])).toEqual([
      [16, 'batch × token means'],
      [16, 'batch × token means'],
      [16, 'batch × token means'],
      [10, 'batch × units'],
    ]);
  });

  it('takes every position for a sample, but no more rows than wanted', () => {
    const { headers } = meterOf(cnn, { pooling: 'positions-as-rows', rows: 4000 });
    expect(headers.map(({ samples: rows, features, pooling }) => [rows, features, pooling])).toEqual([
      [4000, 3, '4000 of batch · positions × channels'],
      [20 * 14 * 14, 4, 'batch · positions × channels'],
      [20, 10, 'batch × units'],
    ]);
  });

  it('measures all layers, or those of the kinds asked for', () => {
    const names = (layers: NonNullable<StudyFileInput['measurement']>['layers']) =>
      meterOf(transformer, { layers }).headers.map(({ name }) => name);
    expect(names('all')).toContain('transformer.layers.0.self_attn.heads.1');
    expect(names(['attention-output', 'classifier'])).toEqual([
      'transformer.layers.0.self_attn.out_proj',
      'fc',
    ]);
    expect(() => meterOf(cnn, { layers: ['attention-head'] })).toThrow(
      /measurement\.layers is "attention-head"; allowed: at least one kind that cnn has: convolution, classifier/,
    );
  });

  it.each(['features', 'published', 'positions-as-rows'] as const)(
    'gives spectra of the announced shape with pooling %s',
    async (pooling) => {
      for (const model of [cnn, transformer]) {
        const { meter, activations } = await activationsOf(model, { pooling, rows: 50, layers: 'all' });
        const records = meter.matrices(activations).map((matrix) => measureLayer(matrix, both));
        expect(records).toHaveLength(meter.headers.length);
        records.forEach(({ centered, raw, metrics: values }, i) => {
          const shape = { samples: meter.headers[i].samples, features: meter.headers[i].features };
          expect(centered).toMatchObject(shape);
          expect(raw).toMatchObject(shape);
          expect(Object.keys(values)).toEqual(measuredSeries(both).map(({ id }) => id));
        });
      }
    },
  );

  it.each(['centered', 'raw'] as const)(
    'takes the %s spectrum alone where no other is wanted',
    async (variant) => {
      const { meter, activations } = await activationsOf(cnn, {});
      const [matrix] = meter.matrices(activations);
      const whole = measureLayer(matrix, both);
      const alone = measureLayer(matrix, [variant]);
      const other = variant === 'raw' ? 'centered' : 'raw';
      expect(alone[variant]).toEqual(whole[variant]);
      expect(alone[other]).toBeNull();
      const kept = measuredSeries(both).filter(({ id }) => id.endsWith('.raw') === (variant === 'raw'));
      expect(measuredSeries([variant])).toEqual(kept);
      expect(alone.metrics).toEqual(Object.fromEntries(kept.map(({ id }) => [id, whole.metrics[id]])));
    },
  );

  it('measures what the metrics say of the activations, centered and raw', async () => {
    const { meter, activations } = await activationsOf(cnn, {});
    const { data, shape } = activations.get('fc')!;
    const matrix = { data, rows: shape[0], columns: shape[1] };
    const fc = meter
      .matrices(activations)
      .map((matrix) => measureLayer(matrix, both))
      .at(-1)!;
    expect(fc.metrics.stable_rank).toEqual(metrics.stable_rank(spectrumOf(matrix)));
    expect(fc.metrics['stable_rank.raw']).toEqual(
      metrics.stable_rank(spectrumOf(matrix, { centering: 'none' })),
    );
  });

  it('keeps the same rows at every measurement of a run, and others in another run', async () => {
    const options = { pooling: 'positions-as-rows', rows: 50 } as const;
    const { activations } = await activationsOf(cnn, options);
    // Each row holds its own number, which the largest singular value of the kept rows then tells apart.
    const numbered = new Map(
      [...activations].map(([name, { shape }]): [string, Activation] => {
        const data = Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => Math.floor(i / shape[1]));
        return [name, { data, shape }];
      }),
    );
    const size = (seed: number, meter = meterOf(cnn, options, seed)) =>
      [meter, meter].map(
        (same) =>
          same.matrices(numbered).map((matrix) => measureLayer(matrix, both))[0].raw!.singularValues[0],
      );
    const [first, second] = size(1);
    expect(second).toBe(first);
    expect(size(1)).toEqual([first, first]);
    expect(size(2)).not.toEqual([first, first]);
  });
});
