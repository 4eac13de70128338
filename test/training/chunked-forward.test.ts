import { describe, expect, it } from 'vitest';
import { viewsOf } from '../../src/autodiff/optimizers/flat-tensors.ts';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import { initialize } from '../../src/models/initialize.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { openChunkedForward } from '../../src/training/chunked-forward.ts';
import { relativeError } from '../autodiff/gradient-check.ts';
import { toyDataset } from './toy-dataset.ts';

const data = toyDataset(70, [2, 6, 7]);
const families: Architecture[] = [
  { family: 'mlp', hidden: [5, 4] },
  { family: 'cnn', channels: [3, 4] },
  { family: 'transformer', width: 12, heads: 3, blocks: 1 },
];

describe.each(families)('$family: chunks of examples', (architecture) => {
  const model = createModel(architecture, data);
  const weights = viewsOf(
    new Float32Array(model.parameterCount + 16 * model.parameters.length),
    model.parameters,
  );
  initialize(model.parameters, weights, createRandom(3));
  const layers = model.layers.map(({ name }) => name);

  it.each(['published', 'positions-as-rows', 'none'] as const)(
    'give every example the rows it has alone, whatever the count (%s)',
    async (pooling) => {
      const choice = { layers, pooling, stage: 'after-nonlinearity', attention: true } as const;
      const forward = await openChunkedForward(model, 70, choice, 1);
      const single = await openChunkedForward(model, 1, choice, 1);
      const size = data.inputs.length / data.count;
      for (const count of [70, 24, 33, 1]) {
        const outputs = await forward.at(weights)(data.inputs.subarray(0, count * size), count);
        for (const example of [0, count >> 1, count - 1]) {
          const inputs = data.inputs.subarray(example * size, (example + 1) * size);
          for (const [name, { data: expected, shape }] of await single.at(weights)(inputs, 1)) {
            const whole = outputs.get(name)!;
            expect(whole.shape).toEqual([shape[0] * count, ...shape.slice(1)]);
            const rows = whole.data.subarray(example * expected.length, (example + 1) * expected.length);
            expect(relativeError(rows, expected), `${name} of example ${example}`).toBeLessThan(1e-5);
          }
        }
      }
      await forward.close();
      await single.close();
    },
  );

  it('are as equal as can be, and no chunks where layers have no positions', async () => {
    const choice = { layers, pooling: 'published', stage: 'before-nonlinearity', attention: false } as const;
    const forward = await openChunkedForward(model, 70, choice, 1);
    expect(forward.chunk).toBe(architecture.family === 'mlp' ? 70 : 24);
    await forward.close();
  });
});
