import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/datasets/types.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { gradientOracle } from '../../src/training/gradient-oracle.ts';
import { losses } from '../../src/training/losses.ts';
import { train } from '../../src/training/train.ts';

/** Three examples of two inputs, two numbers to give, the second of which counts a quarter. */
const data: Dataset = {
  name: 'numbers',
  inputs: Float32Array.of(1, 0, 0, 1, 1, 1),
  labels: new Uint8Array(3),
  targets: Float32Array.of(3, 2, -1, 4, 0, 0),
  importance: [1, 0.25],
  exampleShape: [2],
  classes: 2,
  count: 3,
};
const model = createModel({ family: 'mlp', hidden: [2], nonlinearity: 'linear', bias: false }, data);
/** Both layers the identity: the network gives back its input. */
const identity = Float64Array.of(1, 0, 0, 1, 1, 0, 0, 1);

describe('squared errors of numbers', () => {
  // Errors: (−2, −2), (1, −3), (1, 1); weighted squares 4 + 1, 1 + 9/4, 1 + 1/4: 9.5 over three examples.
  it.each([
    ['half-squared-error', [0, 1, 2], 9.5 / 3 / 2],
    ['squared-error', [0, 1, 2], 9.5 / 3 / 2],
    ['half-squared-error', [1], 3.25 / 2],
    ['squared-error', [1], 3.25 / 2],
  ] as const)('%s of examples %j is %d', async (name, examples, expected) => {
    const oracle = gradientOracle(model, { batch: 3, loss: losses[name] });
    const { loss, gradient } = await oracle.at(identity)(data, examples);
    expect(loss).toBeCloseTo(expected, 10);
    // Against differences of the loss itself.
    for (let k = 0; k < identity.length; k++) {
      const at = async (h: number): Promise<number> => {
        const moved = identity.slice();
        moved[k] += h;
        return (await oracle.at(moved)(data, examples)).loss;
      };
      expect(gradient[k]).toBeCloseTo(((await at(1e-5)) - (await at(-1e-5))) / 2e-5, 6);
    }
    await oracle.close();
  });

  it('are refused as classes: cross-entropy has nothing to do with numbers', async () => {
    const run = train({ model, data, steps: 1, random: createRandom(1) });
    await expect(run.next()).rejects.toThrow(
      /loss is "?cross-entropy"?; allowed: squared-error, half-squared-error/,
    );
  });

  it('are refused where there are not as many numbers as examples and outputs', async () => {
    const short = { ...data, targets: data.targets!.subarray(0, 5) };
    const run = train({
      model,
      data: short,
      steps: 1,
      random: createRandom(1),
      loss: losses['squared-error'],
    });
    await expect(run.next()).rejects.toThrow(/data.targets is "?5 numbers"?; allowed: 6 numbers/);
  });
});

describe('answers at every position', () => {
  it('are averaged over positions and examples', async () => {
    const tokens: Dataset = {
      name: 'tokens',
      inputs: Float32Array.of(0, 1, 2, 2, 0, 1),
      labels: Uint8Array.of(1, 2, 2, 0, 1, 1),
      exampleShape: [3],
      classes: 3,
      count: 2,
      labelsPerExample: 3,
    };
    const decoder = createModel(
      { family: 'decoder', width: 4, heads: 2, blocks: 1, positions: 'rotary', initial: { gain: 1 } },
      { exampleShape: [3], classes: 3, vocabulary: 3, everyPosition: true },
    );
    const oracle = gradientOracle(decoder, { batch: 2 });
    const rng = createRandom('weights');
    const weights = Float64Array.from({ length: decoder.parameterCount }, () => rng.normal());
    const [both, first, second] = await Promise.all(
      [[0, 1], [0], [1]].map((examples) => oracle.at(weights)(tokens, examples)),
    );
    expect(both.loss).toBeCloseTo((first.loss + second.loss) / 2, 10);
    for (let k = 0; k < weights.length; k += 7) {
      const at = async (h: number): Promise<number> => {
        const moved = weights.slice();
        moved[k] += h;
        return (await oracle.at(moved)(tokens, [0, 1])).loss;
      };
      expect(Math.abs(both.gradient[k] - ((await at(1e-5)) - (await at(-1e-5))) / 2e-5)).toBeLessThan(1e-7);
    }
    await oracle.close();
  });
});
