import { describe, expect, it } from 'vitest';
import { viewsOf } from '../../src/autodiff/optimizers/flat-tensors.ts';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import { initialize } from '../../src/models/initialize.ts';
import type { Model } from '../../src/models/model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { openPatchedForward } from '../../src/training/patched-forward.ts';
import { openProbe } from '../../src/training/probe.ts';
import { toyDataset } from './toy-dataset.ts';

const count = 40;
const data = toyDataset(count, [2, 6, 7]);

function weightsOf(model: Model) {
  const length = model.parameterCount + 16 * model.parameters.length;
  const views = viewsOf(new Float32Array(length), model.parameters);
  initialize(model.parameters, views, createRandom(3));
  // Biases of attention start at 0, and would hide what a head's bias does.
  const random = createRandom(4);
  for (const [name, { data }] of views) {
    if (name.endsWith('bias')) data.set(data.map(() => random.normal() / 4));
  }
  return views;
}

type Weights = ReturnType<typeof weightsOf>;

/** Sets the weights with which everything after reads column `column` of a Linear to 0. */
const unread = (name: string, columns: readonly number[]) => (weights: Weights) => {
  const { data, shape } = weights.get(name)!;
  for (let row = 0; row < shape[0]; row++) for (const c of columns) data[row * shape[1] + c] = 0;
};
const silenced = (name: string, filter: number) => (weights: Weights) => {
  const { data, shape } = weights.get(`${name}.weight`)!;
  data.fill(0, (filter * data.length) / shape[0], ((filter + 1) * data.length) / shape[0]);
  weights.get(`${name}.bias`)!.data[filter] = 0;
};

/** Part 1 of a place set to 0, and the same done to the weights around it. */
const networks: [Architecture, string, 'heads' | 'filters' | 'units', number, (weights: Weights) => void][] =
  [
    [{ family: 'mlp', hidden: [5, 4] }, 'network.2', 'units', 4, unread('network.4.weight', [1])],
    [{ family: 'cnn', channels: [3, 4] }, 'conv_layers.0', 'filters', 3, silenced('conv_layers.0', 1)],
    [{ family: 'cnn', channels: [3, 4] }, 'conv_layers.3', 'filters', 4, silenced('conv_layers.3', 1)],
    [
      { family: 'transformer', width: 12, heads: 3, blocks: 2 },
      ...(['transformer.layers.1.self_attn', 'heads', 3] as const),
      unread('transformer.layers.1.self_attn.out_proj.weight', [4, 5, 6, 7]),
    ],
    [
      { family: 'transformer', width: 12, heads: 3, blocks: 2 },
      ...(['transformer.layers.0.linear1', 'units', 48] as const),
      unread('transformer.layers.0.linear2.weight', [1]),
    ],
  ];

describe.each(networks)(
  'in a network %j, replacing what %s puts out',
  (architecture, name, kind, parts, cut) => {
    const model = createModel(architecture, data);
    const weights = weightsOf(model);

    it('by 0 for one part gives the logits of the network whose weights do the same', async () => {
      const patched = openPatchedForward(model);
      expect(patched.places.find((place) => place.name === name)).toEqual({ name, kind, parts });
      const at = patched.at(weights);
      const { outputs } = await at.read(data.inputs, count);
      const { data: whole, shape } = outputs.get(name)!;
      const features = shape[shape.length - 1];
      const width = features / parts;
      const zeroed = whole.map((value, i) => (Math.floor((i % features) / width) === 1 ? 0 : value));
      expect(zeroed).not.toEqual(whole);
      const found = await at.replaced(data.inputs, count, name, zeroed);
      await patched.close();
      const probe = await openProbe(model, { count, layers: [] });
      const changed = new Map(
        [...weights].map(([key, { data, shape }]) => [key, { data: data.slice(), shape }]),
      );
      cut(changed as Weights);
      const { logits: wanted } = await probe.read(changed, data.inputs);
      const { logits: intact } = await probe.read(weights, data.inputs);
      await probe.close();
      const largest = (values: Float32Array) =>
        values.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted.data[i])), 0);
      expect(largest(found.data)).toBeLessThan(1e-5);
      expect(largest(intact.data)).toBeGreaterThan(1e-3);
    });

    it('by what it puts out changes nothing, for examples that fill no whole chunk', async () => {
      const patched = openPatchedForward(model);
      const at = patched.at(weights);
      const { logits, outputs } = await at.read(data.inputs, count);
      const found = await at.replaced(data.inputs, count, name, outputs.get(name)!.data);
      expect(found.shape).toEqual([count, data.classes]);
      found.data.forEach((value, i) => {
        expect(value).toBeCloseTo(logits.data[i], 5);
      });
      await expect(at.replaced(data.inputs, count, name, new Float32Array(3))).rejects.toThrow(
        /outputs is 3/,
      );
      await expect(at.replaced(data.inputs, count, 'other', new Float32Array(3))).rejects.toThrow(
        /place is "other"/,
      );
      await patched.close();
    });
  },
);
