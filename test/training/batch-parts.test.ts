import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { divideRows } from '../../src/training/batch-parts.ts';
import { openStepper } from '../../src/training/stepper.ts';
import { type TrainingStep, train } from '../../src/training/train.ts';
import { relativeError } from '../autodiff/gradient-check.ts';
import { compiledProgram } from '../compiled-program.ts';
import { describeWith } from '../requirements.ts';
import { toyDataset } from './toy-dataset.ts';

const data = toyDataset(29, [1, 6, 6]);
const networks: Architecture[] = [
  { family: 'mlp', hidden: [7, 5] },
  { family: 'cnn', channels: [3, 4] },
  // With dropout, whose masks must be those of the same rows.
  { family: 'transformer', width: 8, heads: 2, blocks: 2 },
];

async function gradientOf(architecture: Architecture, threads: number, examples: number[]) {
  const model = createModel(architecture, data);
  const stepper = await openStepper({ model, batchSize: 8, optimizer: { kind: 'sgd' }, threads });
  await stepper.start(createRandom(4));
  const { loss, gradientNorm } = await stepper.gradient(data, examples, createRandom(5));
  const gradients = [...stepper.gradients].map(([name, { data: values }]) => ({
    name,
    values: values.slice(),
  }));
  const logits = stepper.logits.slice(0, examples.length * 3);
  await stepper.close();
  return { loss, gradientNorm, gradients, logits };
}

async function recordsOf(threads: number): Promise<Partial<TrainingStep>[]> {
  const model = createModel(networks[2], data);
  const all: Partial<TrainingStep>[] = [];
  const random = createRandom(1);
  const checkpoint = { at: (step: number) => step === 9 };
  for await (const record of train({ model, data, steps: 10, batchSize: 8, random, threads, checkpoint })) {
    const { step, loss, gradientNorm, state } = record;
    all.push({ step, loss, gradientNorm, state });
  }
  return all;
}

describe('divideRows', () => {
  it.each([
    [32, 2, [16, 16]],
    [32, 3, [11, 11, 10]],
    [5, 4, [2, 1, 1, 1]],
    [3, 8, [1, 1, 1]],
    [7, 1, [7]],
  ])('%i rows in %i parts: %j', (batch, parts, sizes) => {
    const divided = divideRows(batch, parts);
    expect(divided.map(({ rows }) => rows).toSorted((a, b) => b - a)).toEqual(sizes);
    expect(divided.map(({ first }) => first)).toEqual(
      divided.map((_, i) => divided.slice(0, i).reduce((sum, { rows }) => sum + rows, 0)),
    );
  });
});

describeWith(compiledProgram('training/session-worker.js'), 'a batch divided among threads', () => {
  for (const architecture of networks) {
    it.each([2, 3])(
      `has the gradient that one thread finds: ${architecture.family}, %i threads`,
      async (threads) => {
        // As many examples as rows, and fewer, so that a part has none.
        for (const examples of [
          [0, 1, 2, 3, 4, 5, 6, 7],
          [11, 3, 28],
        ]) {
          const whole = await gradientOf(architecture, 1, examples);
          const divided = await gradientOf(architecture, threads, examples);
          expect(Math.abs(divided.loss / whole.loss - 1)).toBeLessThan(1e-6);
          expect(Math.abs(divided.gradientNorm / whole.gradientNorm - 1)).toBeLessThan(1e-5);
          expect(relativeError(divided.logits, whole.logits)).toBeLessThan(1e-5);
          divided.gradients.forEach(({ name, values }, i) => {
            expect(relativeError(values, whole.gradients[i].values), name).toBeLessThan(1e-5);
          });
        }
      },
    );
  }

  it('trains to the same bytes every time', async () => {
    const [first, second] = [await recordsOf(2), await recordsOf(2)];
    expect(second).toEqual(first);
    expect(first).toHaveLength(10);
    const alone = await recordsOf(1);
    expect(first[9].loss! / alone[9].loss!).toBeCloseTo(1, 3);
  });
});
