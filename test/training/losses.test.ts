import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { flatWeights, gradientOracle } from '../../src/training/gradient-oracle.ts';
import { losses, lossNamed, lossNames } from '../../src/training/losses.ts';
import { openProbe } from '../../src/training/probe.ts';
import { initialWeights, train } from '../../src/training/train.ts';
import { toyDataset } from './toy-dataset.ts';

const data = toyDataset(24, [1, 6, 6]);
const model = createModel({ family: 'mlp', hidden: [7], nonlinearity: 'tanh' }, data);
const weights = initialWeights(model, createRandom(4));

describe.each(lossNames)('the loss %s', (name) => {
  const loss = losses[name];

  it('is over a batch, however full, the mean of what it is for each example', async () => {
    const probe = await openProbe(model, { count: 2, loss });
    const oracle = gradientOracle(model, { batch: 24, loss });
    for (const count of [24, 5]) {
      const part = {
        ...data,
        count,
        inputs: data.inputs.subarray(0, count * 36),
        labels: data.labels.subarray(0, count),
      };
      const examples = Array.from({ length: count }, (_, i) => i);
      const { loss: batch } = await oracle.at(flatWeights(model, weights))(data, examples);
      expect((await probe.evaluate(weights, part)).loss).toBeCloseTo(batch, 6);
    }
    await probe.close();
    await oracle.close();
  });

  it('becomes smaller by training, on any number of threads', async () => {
    for (const threads of [1, 2]) {
      const seen: number[] = [];
      for await (const step of train({
        model,
        data,
        steps: 60,
        batchSize: 8,
        random: createRandom(1),
        loss,
        threads,
      })) {
        seen.push(step.loss);
      }
      const mean = (part: number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
      expect(mean(seen.slice(-6))).toBeLessThan(0.8 * mean(seen.slice(0, 6)));
    }
  });

  it('has a unit', () => {
    expect(loss.unit).toMatch(/\S/);
    expect(loss.name).toBe(name);
  });
});

describe('squared error', () => {
  it('is the mean over examples and classes, as PyTorch has it', () => {
    // torch.nn.functional.mse_loss(torch.tensor([[1., 2., 4.]]), torch.tensor([[0., 1., 0.]])) is 6.
    expect(losses['squared-error'].ofExample([1, 2, 4], 1)).toBe(6);
  });
});

describe('a loss by name', () => {
  it('is refused where there is none, with those that there are', () => {
    expect(lossNamed('squared-error')).toBe(losses['squared-error']);
    expect(() => lossNamed('squared')).toThrow(InputError);
    expect(() => lossNamed('squared')).toThrow(/squared-error/);
  });
});
