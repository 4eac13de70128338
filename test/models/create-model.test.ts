import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/autodiff/tensor.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { type Architecture, architectures } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';

const image = { exampleShape: [1, 28, 28], classes: 10 };
const text = { exampleShape: [100], classes: 4 };

/** `architecture_params.num_params` and the number of layers in the published logs, on MNIST and on AG News. */
const published: [name: string, layers: number, onMnist: number, onAgNews: number | null][] = [
  ['mlp_shallow_2', 3, 109386, 21444],
  ['mlp_medium_5', 6, 65130, 21156],
  ['mlp_deep_10', 11, 34954, 12868],
  ['mlp_verydeep_15', 16, 27490, 10924],
  ['mlp_narrow', 5, 28618, 6532],
  ['mlp_medium', 5, 130058, 42116],
  ['mlp_wide', 5, 317450, 141572],
  ['mlp_verywide', 5, 864266, 512516],
  ['cnn_shallow', 3, 50186, null],
  ['cnn_medium', 4, 104202, null],
  ['cnn_deep', 5, 390410, null],
  ['transformer_shallow', 6, 406282, 400388],
  ['transformer_medium', 10, 802826, 796932],
  ['transformer_deep', 14, 1199370, 1193476],
  ['transformer_narrow', 10, 204810, null],
];

describe('the networks of the published study', () => {
  it.each(published)(
    '%s has the logged number of measured layers and parameters',
    (name, layers, onMnist, onAgNews) => {
      const model = createModel(name, image);
      expect(model.layers.filter(({ standard }) => standard)).toHaveLength(layers);
      expect(model.parameterCount).toBe(onMnist);
      if (onAgNews !== null) expect(createModel(name, text).parameterCount).toBe(onAgNews);
    },
  );

  it('are sixteen, one of which was never run', () => {
    const logged = published.map(([name]) => name);
    expect(Object.keys(architectures).filter((name) => !logged.includes(name))).toEqual(['transformer_wide']);
    expect(Object.keys(architectures)).toHaveLength(16);
  });

  it('name their layers as the logs do', () => {
    const standard = (name: string) =>
      createModel(name, image)
        .layers.filter((layer) => layer.standard)
        .map((layer) => [layer.name, layer.kind, layer.features]);
    expect(standard('mlp_shallow_2')).toEqual([
      ['network.0', 'linear', 128],
      ['network.2', 'linear', 64],
      ['network.4', 'classifier', 10],
    ]);
    expect(standard('cnn_shallow')).toEqual([
      ['conv_layers.0', 'convolution', 32],
      ['conv_layers.3', 'convolution', 64],
      ['fc', 'classifier', 10],
    ]);
    expect(standard('transformer_shallow')).toEqual([
      ['input_proj', 'input-projection', 16],
      ['transformer.layers.0.linear1', 'feed-forward-in', 16],
      ['transformer.layers.0.linear2', 'feed-forward-out', 16],
      ['transformer.layers.1.linear1', 'feed-forward-in', 16],
      ['transformer.layers.1.linear2', 'feed-forward-out', 16],
      ['fc', 'classifier', 10],
    ]);
  });
});

describe.each(Object.keys(architectures))('%s', (name) => {
  const model = createModel(name, image);

  it('lists its layers in network order, each name once', () => {
    const depths = model.layers.map(({ depth }) => depth);
    expect(depths).toEqual([...depths].sort((a, b) => a - b));
    expect([...new Set(depths)]).toEqual(Array.from({ length: Math.max(...depths) + 1 }, (_, i) => i));
    expect(new Set(model.layers.map((layer) => layer.name)).size).toBe(model.layers.length);
  });

  it('has a parameter of each name once', () => {
    expect(new Set(model.parameters.map((parameter) => parameter.name)).size).toBe(model.parameters.length);
    expect(model.parameterCount).toBe(
      model.parameters.reduce((total, { shape }) => total + sizeOf(shape), 0),
    );
  });
});

describe('createModel', () => {
  it('builds networks of sizes of one’s own', () => {
    const model = createModel(
      { family: 'mlp', hidden: [5] },
      { exampleShape: [7], classes: 2, name: 'small' },
    );
    expect(model.name).toBe('small');
    expect(model.parameterCount).toBe(7 * 5 + 5 + 5 * 2 + 2);
  });

  it.each<[string, string | Architecture, { exampleShape: number[]; classes: number }]>([
    ['architecture', 'resnet18', image],
    ['architecture', 'toString', image],
    ['hidden', { family: 'mlp', hidden: [0] }, image],
    ['channels', { family: 'cnn', channels: [2.5] }, image],
    ['channels', { family: 'cnn', channels: [] }, image],
    ['blocks', { family: 'transformer', width: 8, heads: 2, blocks: -1 }, image],
    ['heads', { family: 'transformer', width: 8, heads: 3, blocks: 1 }, image],
    ['dropout', { family: 'transformer', width: 8, heads: 2, blocks: 1, dropout: 1 }, image],
    ['exampleShape', 'cnn_deep', { exampleShape: [100], classes: 4 }],
    ['exampleShape', 'cnn_deep', { exampleShape: [1, 15, 28], classes: 4 }],
    ['exampleShape', 'mlp_narrow', { exampleShape: [0], classes: 4 }],
    ['classes', 'mlp_narrow', { exampleShape: [4], classes: 0 }],
  ])('refuses a wrong %s (%j)', (field, architecture, input) => {
    expect(() => createModel(architecture, input)).toThrow(InputError);
    expect(() => createModel(architecture, input)).toThrow(field);
  });
});
