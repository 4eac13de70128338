import { describe, expect, it } from 'vitest';
import { viewsOf } from '../../src/autodiff/optimizers/flat-tensors.ts';
import { createModel } from '../../src/models/create-model.ts';
import { initialize } from '../../src/models/initialize.ts';
import { createRandom } from '../../src/numerics/random.ts';

const image = { exampleShape: [1, 28, 28], classes: 10 };

function initialValues(architecture: string, seed = 1): Map<string, Float32Array> {
  const model = createModel(architecture, image);
  const views = viewsOf(
    new Float32Array(model.parameterCount + 16 * model.parameters.length),
    model.parameters,
  );
  initialize(model.parameters, views, createRandom(seed));
  return new Map([...views].map(([name, { data }]) => [name, data]));
}

/** Largest magnitude, and share of the values in the middle half of ±bound: 0.5 for a uniform distribution. */
function spread(values: Float32Array): { largest: number; middle: number } {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { largest, middle: values.filter((value) => Math.abs(value) < largest / 2).length / values.length };
}

describe("PyTorch's default initialization", () => {
  it.each([
    ['mlp_narrow', 'network.0.weight', 1 / Math.sqrt(784)],
    ['mlp_wide', 'network.2.weight', 1 / Math.sqrt(256)],
    ['mlp_verywide', 'network.2.bias', 1 / Math.sqrt(512)],
    ['cnn_shallow', 'conv_layers.3.weight', 1 / Math.sqrt(32 * 9)],
    ['cnn_shallow', 'fc.weight', 1 / Math.sqrt(3136)],
    ['transformer_narrow', 'input_proj.weight', 1 / Math.sqrt(49)],
    ['transformer_narrow', 'transformer.layers.1.linear2.weight', 1 / Math.sqrt(256)],
    ['transformer_narrow', 'transformer.layers.0.self_attn.in_proj_weight', Math.sqrt(6 / (64 + 3 * 64))],
    ['transformer_narrow', 'transformer.layers.0.self_attn.out_proj.weight', 1 / Math.sqrt(64)],
  ])('%s %s is uniform in ±%d', (architecture, name, bound) => {
    const { largest, middle } = spread(initialValues(architecture).get(name)!);
    expect(largest).toBeLessThanOrEqual(Math.fround(bound));
    expect(largest).toBeGreaterThan(0.97 * bound);
    expect(Math.abs(middle - 0.5)).toBeLessThan(0.1);
  });

  it('of a transformer: normal positions, neutral norms, no attention biases, equal blocks', () => {
    const values = initialValues('transformer_narrow');
    const positions = values.get('pos_encoder')!;
    const variance = positions.reduce((total, value) => total + value * value, 0) / positions.length;
    expect(Math.abs(variance - 1)).toBeLessThan(0.15);
    expect(new Set(values.get('transformer.layers.2.norm1.weight'))).toEqual(new Set([1]));
    expect(new Set(values.get('transformer.layers.2.norm2.bias'))).toEqual(new Set([0]));
    expect(new Set(values.get('transformer.layers.2.self_attn.in_proj_bias'))).toEqual(new Set([0]));
    expect(new Set(values.get('transformer.layers.2.self_attn.out_proj.bias'))).toEqual(new Set([0]));
    expect(values.get('transformer.layers.2.linear1.weight')).toEqual(
      values.get('transformer.layers.0.linear1.weight'),
    );
    expect(values.get('transformer.layers.0.linear1.bias')).not.toEqual(
      values.get('transformer.layers.0.linear2.bias'),
    );
  });
});

describe('initialize', () => {
  it('depends on the seed and nothing else', () => {
    expect(initialValues('mlp_narrow', 5)).toEqual(initialValues('mlp_narrow', 5));
    expect(initialValues('mlp_narrow', 6)).not.toEqual(initialValues('mlp_narrow', 5));
  });
});
