import { describe, expect, it } from 'vitest';
import { viewsOf } from '../../src/autodiff/optimizers/flat-tensors.ts';
import type { Dataset } from '../../src/datasets/types.ts';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import { initialize } from '../../src/models/initialize.ts';
import type { Model, OutputStage, Pooling } from '../../src/models/model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { type Activation, openProbe } from '../../src/training/probe.ts';
import { type TrainingStep, train } from '../../src/training/train.ts';
import { relativeError } from '../autodiff/gradient-check.ts';
import { toyDataset } from './toy-dataset.ts';

const count = 5;
const data = toyDataset(count, [2, 6, 7]);
const cnn: Architecture = { family: 'cnn', channels: [3, 4] };
const transformer: Architecture = { family: 'transformer', width: 12, heads: 3, blocks: 2 };

function weightsOf(model: Model) {
  const views = viewsOf(
    new Float32Array(model.parameterCount + 16 * model.parameters.length),
    model.parameters,
  );
  initialize(model.parameters, views, createRandom(3));
  return views;
}

async function measure(
  architecture: Architecture,
  layers?: string[],
  pooling?: Pooling,
  stage?: OutputStage,
) {
  const model = createModel(architecture, data);
  const weights = weightsOf(model);
  const probe = await openProbe(model, { count, layers, pooling, stage, attention: true });
  const reading = await probe.read(weights, data.inputs);
  await probe.close();
  return { ...reading, weights, model };
}

/** x·Wᵀ + b for rows of x. */
function linear(x: ArrayLike<number>, weight: Activation, bias: Activation): Float64Array {
  const [outputs, inputs] = weight.shape;
  return Float64Array.from({ length: (x.length / inputs) * outputs }, (_, place) => {
    const [row, output] = [Math.floor(place / outputs), place % outputs];
    let sum = bias.data[output];
    for (let i = 0; i < inputs; i++) sum += x[row * inputs + i] * weight.data[output * inputs + i];
    return sum;
  });
}

describe('a convolution', () => {
  it('gives the sums of its definition at every position, those that pooling drops included', async () => {
    const { activations, weights } = await measure(cnn, ['conv_layers.0'], 'none');
    const { data: output, shape } = activations.get('conv_layers.0')!;
    expect(shape).toEqual([count, 6 * 7, 3]);
    const weight = weights.get('conv_layers.0.weight')!.data;
    const bias = weights.get('conv_layers.0.bias')!.data;
    const pixel = (example: number, channel: number, y: number, x: number): number =>
      y < 0 || y >= 6 || x < 0 || x >= 7 ? 0 : data.inputs[((example * 2 + channel) * 6 + y) * 7 + x];
    for (const [example, y, x, out] of [
      [0, 0, 0, 0],
      [1, 5, 6, 2],
      [4, 3, 2, 1],
      [2, 0, 6, 0],
    ]) {
      let expected = bias[out];
      for (let channel = 0; channel < 2; channel++) {
        for (let dy = 0; dy < 3; dy++) {
          for (let dx = 0; dx < 3; dx++) {
            const factor = weight[((out * 2 + channel) * 3 + dy) * 3 + dx];
            expected += factor * pixel(example, channel, y + dy - 1, x + dx - 1);
          }
        }
      }
      expect(output[(example * 42 + y * 7 + x) * 3 + out]).toBeCloseTo(expected, 5);
    }
  });
});

describe('attention', () => {
  it('gives probabilities: rows of positive numbers that sum to 1', async () => {
    const { attention } = await measure(transformer);
    expect([...attention.keys()]).toEqual([
      'transformer.layers.0.self_attn',
      'transformer.layers.1.self_attn',
    ]);
    for (const { data: probabilities, shape } of attention.values()) {
      expect(shape).toEqual([count, 3, 14, 14]);
      for (let row = 0; row < probabilities.length; row += 14) {
        const values = probabilities.subarray(row, row + 14);
        expect(Math.min(...values)).toBeGreaterThan(0);
        expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      }
    }
  });

  it('has heads whose outputs, side by side and projected, are the output projection', async () => {
    const module = 'transformer.layers.1.self_attn';
    const heads = [0, 1, 2].map((head) => `${module}.heads.${head}`);
    const { activations, weights } = await measure(
      transformer,
      [...heads, `${module}.out_proj`],
      'positions-as-rows',
    );
    const rows = count * 14;
    expect(activations.get(heads[0])!.shape).toEqual([rows, 4]);
    const merged = Float64Array.from({ length: rows * 12 }, (_, i) => {
      const [row, column] = [Math.floor(i / 12), i % 12];
      return activations.get(heads[Math.floor(column / 4)])!.data[row * 4 + (column % 4)];
    });
    const expected = linear(
      merged,
      weights.get(`${module}.out_proj.weight`)!,
      weights.get(`${module}.out_proj.bias`)!,
    );
    expect(relativeError(activations.get(`${module}.out_proj`)!.data, expected)).toBeLessThan(1e-6);
  });

  it('does not depend on the key bias, which training leaves out of account', async () => {
    const model = createModel(transformer, data);
    const weights = weightsOf(model);
    const probe = await openProbe(model, { count });
    const before = await probe.read(weights, data.inputs);
    weights.get('transformer.layers.0.self_attn.in_proj_bias')!.data.fill(2, 12, 24);
    expect((await probe.read(weights, data.inputs)).logits).toEqual(before.logits);
    weights.get('transformer.layers.0.self_attn.in_proj_bias')!.data.fill(2, 24, 36);
    expect((await probe.read(weights, data.inputs)).logits).not.toEqual(before.logits);
    await probe.close();
  });
});

describe('pooling', () => {
  const layer = 'transformer.layers.0.linear1';
  const [positions, features] = [14, 48];

  it('makes rows of positions, or means over one axis, of the same output', async () => {
    const whole = (await measure(transformer, [layer], 'none')).activations.get(layer)!;
    expect(whole.shape).toEqual([count, positions, features]);
    const rows = (await measure(transformer, [layer], 'positions-as-rows')).activations.get(layer)!;
    expect(rows.shape).toEqual([count * positions, features]);
    expect(rows.data).toEqual(whole.data);
    const overPositions = (await measure(transformer, [layer], 'position-mean')).activations.get(layer)!;
    const overFeatures = (await measure(transformer, [layer], 'feature-mean')).activations.get(layer)!;
    expect([overPositions.shape, overFeatures.shape]).toEqual([
      [count, features],
      [count, positions],
    ]);
    const at = (p: number, f: number): number => whole.data[(2 * positions + p) * features + f];
    const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
    const column = Array.from({ length: positions }, (_, p) => at(p, 5));
    const row = Array.from({ length: features }, (_, f) => at(3, f));
    expect(overPositions.data[2 * features + 5]).toBeCloseTo(mean(column), 5);
    expect(overFeatures.data[2 * positions + 3]).toBeCloseTo(mean(row), 5);
  });

  it('takes the mean of a convolution without computing it everywhere', async () => {
    const layers = ['conv_layers.0', 'conv_layers.3'];
    const whole = (await measure(cnn, layers, 'none')).activations;
    const means = (await measure(cnn, layers, 'position-mean')).activations;
    for (const name of layers) {
      const { data, shape } = whole.get(name)!;
      const [, positions, channels] = shape;
      const expected = Float64Array.from({ length: count * channels }, (_, place) => {
        const [example, channel] = [Math.floor(place / channels), place % channels];
        let sum = 0;
        for (let p = 0; p < positions; p++) sum += data[(example * positions + p) * channels + channel];
        return sum / positions;
      });
      expect(means.get(name)!.shape).toEqual([count, channels]);
      expect(relativeError(means.get(name)!.data, expected)).toBeLessThan(1e-6);
    }
  });

  it.each([cnn, transformer])(
    'as published gives the columns that the model announces: %j',
    async (architecture) => {
      const { activations, model } = await measure(architecture);
      const standard = model.layers.filter((layer) => layer.standard);
      expect([...activations].map(([name, { shape }]) => [name, shape])).toEqual(
        standard.map(({ name, features }) => [name, [count, features]]),
      );
    },
  );
});

describe('outputs after the nonlinearity', () => {
  const relu = (x: ArrayLike<number>): Float32Array =>
    Float32Array.from({ length: x.length }, (_, i) => Math.max(0, x[i]));
  const mlp: Architecture = { family: 'mlp', hidden: [6, 5] };

  it.each([mlp, cnn, transformer])(
    'are those before it, below 0 cut off, where one follows: %j',
    async (of) => {
      const before = (await measure(of, undefined, 'none')).activations;
      const { activations: after, model } = await measure(of, undefined, 'none', 'after-nonlinearity');
      const rectified = model.layers.filter(
        ({ name, nonlinearity }) => before.has(name) && nonlinearity?.name === 'relu',
      );
      expect(rectified.length).toBeGreaterThan(0);
      for (const [name, { data: output, shape }] of before) {
        const isRectified = rectified.some((layer) => layer.name === name);
        expect(after.get(name)!.shape).toEqual(shape);
        expect(after.get(name)!.data).toEqual(isRectified ? relu(output) : output);
      }
      expect(Math.min(...before.get(rectified[0].name)!.data)).toBeLessThan(0);
    },
  );

  it('are cut off at every position before a mean over positions is taken', async () => {
    const layer = 'conv_layers.3';
    const whole = (await measure(cnn, [layer], 'none')).activations.get(layer)!;
    const [, positions, channels] = whole.shape;
    const expected = Float64Array.from({ length: count * channels }, (_, place) => {
      const [example, channel] = [Math.floor(place / channels), place % channels];
      const values = Array.from(
        { length: positions },
        (_, p) => whole.data[(example * positions + p) * channels + channel],
      );
      return values.reduce((sum, value) => sum + Math.max(0, value), 0) / positions;
    });
    for (const pooling of ['position-mean', undefined] as const) {
      const { activations } = await measure(cnn, [layer], pooling, 'after-nonlinearity');
      expect(relativeError(activations.get(layer)!.data, expected)).toBeLessThan(1e-6);
    }
  });
});

describe('dropout', () => {
  async function firstSteps(dropout: number, seed = 1): Promise<TrainingStep[]> {
    const all: TrainingStep[] = [];
    const model = createModel({ ...transformer, dropout } as Architecture, data);
    const probe = { data, count, at: () => true, layers: ['fc'] };
    for await (const record of train({
      model,
      data,
      steps: 4,
      batchSize: 5,
      random: createRandom(seed),
      probe,
    })) {
      all.push(record);
    }
    return all;
  }

  it('is on in training, alike for the same seed and new at every step', async () => {
    const [none, some, again] = [await firstSteps(0), await firstSteps(0.4), await firstSteps(0.4)];
    expect(again).toEqual(some);
    expect(some[0].loss).not.toBe(none[0].loss);
    expect(Math.abs(some[0].loss - none[0].loss)).toBeLessThan(1);
  });

  it('is off in measuring: two readings of the same weights are alike', async () => {
    const model = createModel({ ...transformer, dropout: 0.9 } as Architecture, data);
    const plain = createModel({ ...transformer, dropout: 0 } as Architecture, data);
    const weights = weightsOf(model);
    const readings = [];
    for (const network of [model, plain]) {
      const probe = await openProbe(network, { count });
      readings.push(await probe.read(weights, data.inputs));
      await probe.close();
    }
    expect(readings[0]).toEqual(readings[1]);
  });
});

describe.each([cnn, transformer])('training %j', (architecture) => {
  it('learns', async () => {
    const examples = toyDataset(60, [2, 6, 7]);
    const model = createModel(architecture, examples);
    const losses: number[] = [];
    const optimizer = { kind: 'adam', learningRate: 0.01 } as const;
    for await (const { loss } of train({
      model,
      data: examples,
      steps: 60,
      batchSize: 20,
      optimizer,
      random: createRandom(2),
    })) {
      losses.push(loss);
    }
    expect(losses[0]).toBeGreaterThan(0.8);
    expect(losses[59]).toBeLessThan(0.2);
  });
});

describe('a transformer of words', () => {
  const texts = toyTexts(40);
  const words: Architecture = { family: 'transformer', width: 8, heads: 2, blocks: 1, vocabulary: 6 };
  const model = createModel(words, texts);
  const random = createRandom(2);

  /** Class 0 says word 1 often, class 1 word 2; as plain numbers the two are neighbors. */
  function toyTexts(count: number): Dataset {
    const rng = createRandom('texts');
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
    const inputs = Float32Array.from({ length: count * 5 }, (_, i) =>
      rng.uniform() < 0.6 ? 1 + labels[Math.floor(i / 5)] : 3 + rng.integer(3),
    );
    return { name: 'texts', inputs, labels, exampleShape: [5], classes: 2, count };
  }

  it('measures the word vectors themselves', async () => {
    const weights = weightsOf(model);
    const probe = await openProbe(model, { count: 2, layers: ['embedding'], pooling: 'none' });
    const { activations } = await probe.read(weights, texts.inputs.subarray(0, 10));
    const { data: vectors, shape } = activations.get('embedding')!;
    expect(shape).toEqual([2, 5, 8]);
    const word = texts.inputs[7];
    const row = weights.get('embedding.weight')!.data.subarray(word * 8, word * 8 + 8);
    expect(vectors.subarray(7 * 8, 8 * 8)).toEqual(row);
    await probe.close();
  });

  it('learns which word goes with which class', async () => {
    const optimizer = { kind: 'adam', learningRate: 0.01 } as const;
    let last = Number.NaN;
    for await (const { loss } of train({ model, data: texts, steps: 60, batchSize: 20, optimizer, random })) {
      last = loss;
    }
    expect(last).toBeLessThan(0.3);
  });

  it('refuses ids that stand for no word', async () => {
    const data = { ...texts, inputs: texts.inputs.with(3, 6) };
    await expect(train({ model, data, steps: 1, random }).next()).rejects.toThrow('data.inputs[3] is 6');
  });
});
