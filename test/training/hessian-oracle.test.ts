import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { dot } from '../../src/numerics/vectors.ts';
import { flatWeights, gradientOracle } from '../../src/training/gradient-oracle.ts';
import { hessianOracle } from '../../src/training/hessian-oracle.ts';
import { losses } from '../../src/training/losses.ts';
import { initialWeights } from '../../src/training/train.ts';
import { relativeError } from '../autodiff/gradient-check.ts';
import { toyDataset } from './toy-dataset.ts';

const data = toyDataset(24, [1, 6, 6]);
const networks: Architecture[] = [
  { family: 'mlp', hidden: [7, 5] },
  { family: 'mlp', hidden: [7], nonlinearity: 'tanh' },
  { family: 'cnn', channels: [3, 4] },
  // From sixteen channels on a convolution is computed by tiles, with a gradient of its own.
  { family: 'cnn', channels: [16, 2] },
  { family: 'transformer', width: 8, heads: 2, blocks: 2 },
];
const examples = [3, 1, 20, 7, 11];

function directions(length: number): Float64Array[] {
  return ['u', 'v'].map((label) => {
    const rng = createRandom(label);
    return Float64Array.from({ length }, () => rng.normal());
  });
}

describe('a Hessian oracle', () => {
  it.each(networks.flatMap((architecture) => Object.values(losses).map((loss) => ({ architecture, loss }))))(
    'agrees with differences of gradients, and is symmetric: $architecture, $loss.name',
    async ({ architecture, loss }) => {
      const model = createModel(architecture, data);
      const weights = flatWeights(model, initialWeights(model, createRandom(4)));
      const [u, v] = directions(weights.length);
      const hessian = hessianOracle(model, { batch: 8, loss });
      const product = hessian.at(weights, data, examples);
      const [hu, hv] = [await product(u), await product(v)];
      await hessian.close();
      const gradients = gradientOracle(model, { batch: 8, loss });
      const h = 1e-7;
      const [ahead, behind] = await Promise.all(
        [h, -h].map((step) => gradients.at(weights.map((w, i) => w + step * v[i]))(data, examples)),
      );
      await gradients.close();
      const differences = ahead.gradient.map((g, i) => (g - behind.gradient[i]) / (2 * h));
      expect(relativeError(hv, differences)).toBeLessThan(1e-6);
      const size = Math.hypot(...u) * Math.hypot(...hv);
      expect(Math.abs(dot(u, hv) - dot(v, hu)) / size).toBeLessThan(1e-13);
    },
  );

  it('takes the mean over any number of examples, in batches', async () => {
    const model = createModel(networks[0], data);
    const weights = flatWeights(model, initialWeights(model, createRandom(4)));
    const [, v] = directions(weights.length);
    const all = Array.from({ length: 24 }, (_, i) => i);
    const [whole, parts] = [hessianOracle(model, { batch: 24 }), hessianOracle(model, { batch: 7 })];
    const expected = await whole.at(weights, data, all)(v);
    expect(relativeError(await parts.at(weights, data, all)(v), expected)).toBeLessThan(1e-13);
    await whole.close();
    await parts.close();
  });

  it('gives everybody their own product, also when several are asked for at once', async () => {
    const model = createModel(networks[0], data);
    const weights = flatWeights(model, initialWeights(model, createRandom(4)));
    const [u, v] = directions(weights.length);
    const oracle = hessianOracle(model, { batch: 8 });
    const product = oracle.at(weights, data, examples);
    const alone = [await product(u), await product(v)];
    // The weights were copied.
    weights.fill(0);
    expect(await Promise.all([product(u), product(v)])).toEqual(alone);
    await oracle.close();
    await expect(product(u)).rejects.toThrow('closed');
  });
});
