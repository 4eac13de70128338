import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { flatWeights, gradientOracle } from '../../src/training/gradient-oracle.ts';
import { openStepper } from '../../src/training/stepper.ts';
import { initialWeights } from '../../src/training/train.ts';
import { relativeError } from '../autodiff/gradient-check.ts';
import { toyDataset } from './toy-dataset.ts';

const data = toyDataset(24, [1, 6, 6]);
const networks: Architecture[] = [
  { family: 'mlp', hidden: [7, 5] },
  { family: 'cnn', channels: [3, 4] },
  { family: 'transformer', width: 8, heads: 2, blocks: 1 },
];

describe('a gradient oracle', () => {
  it.each(networks)('agrees with central differences of its own loss: %j', async (architecture) => {
    const model = createModel(architecture, data);
    const weights = flatWeights(model, initialWeights(model, createRandom(4)));
    const oracle = gradientOracle(model, { batch: 8 });
    const examples = [3, 1, 20, 7, 11];
    const gradient = (await oracle.at(weights)(data, examples)).gradient.slice();
    const rng = createRandom('direction');
    const direction = Float64Array.from(weights, () => rng.normal());
    const h = 1e-6;
    const lossAt = async (t: number): Promise<number> =>
      (await oracle.at(weights.map((w, i) => w + t * direction[i]))(data, examples)).loss;
    const slope = ((await lossAt(h)) - (await lossAt(-h))) / (2 * h);
    const expected = gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
    expect(Math.abs(slope - expected) / Math.abs(expected)).toBeLessThan(1e-6);
    await oracle.close();
  });

  it('gives what a training step without dropout sees, with more digits', async () => {
    const model = createModel({ ...networks[2], dropout: 0 } as Architecture, data);
    const initial = initialWeights(model, createRandom(4));
    const examples = [0, 1, 2, 3, 4, 5];
    const stepper = await openStepper({
      model,
      batchSize: 8,
      optimizer: { kind: 'sgd' },
      threads: 1,
    });
    for (const [name, { data: values }] of initial) stepper.parameters.get(name)!.data.set(values);
    const { loss } = await stepper.gradient(data, examples, createRandom(0));
    const oracle = gradientOracle(model, { batch: 6 });
    const found = await oracle.at(flatWeights(model, initial))(data, examples);
    expect(Math.abs(found.loss - loss)).toBeLessThan(1e-6);
    expect(relativeError(flatWeights(model, stepper.gradients), found.gradient)).toBeLessThan(1e-5);
    await stepper.close();
    await oracle.close();
  });
});
