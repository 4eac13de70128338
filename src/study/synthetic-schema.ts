import { z } from 'zod';
import { syntheticShape } from '../datasets/synthetic/synthetic-data.ts';
import { positive, wholeNumber } from './number-ranges.ts';

/** More numbers than this in one data set are refused: 1 GB of float32. */
const mostNumbers = 2 ** 28;

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'letters, digits, _ and -, at most 80');
const seed = wholeNumber(0, 2 ** 31 - 1).default(0);
const deviation = z.number().min(0).max(1e6);

/** Data that the program draws, by what they are; see `datasets/synthetic`. */
export const syntheticSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...{ name, seed, kind: z.literal('linear_teacher') },
      inputs: positive(2048),
      outputs: positive(2048),
      singularValues: z.array(z.number().positive().max(1e6)).min(1).max(2048),
      copies: positive(16).default(1),
    }),
    z.strictObject({
      ...{ name, seed, kind: z.literal('modular_addition') },
      modulus: wholeNumber(2, 256),
      encoding: z.enum(['tokens', 'one-hot']).default('tokens'),
    }),
    z.strictObject({
      ...{ name, seed, kind: z.literal('gaussian_classes') },
      count: positive(1_000_000),
      dimensions: positive(10_000),
      spread: deviation.default(1),
      noise: deviation.default(1),
      clusters: positive(256),
      classes: wholeNumber(2, 256),
      labels: z.enum(['cluster', 'random']).default('cluster'),
    }),
    z.strictObject({
      ...{ name, seed, kind: z.literal('checkerboard') },
      side: wholeNumber(2, 64),
      perField: positive(10_000),
      noise: deviation,
    }),
    z.strictObject({
      ...{ name, seed, kind: z.literal('markov_chains') },
      symbols: wholeNumber(2, 256),
      length: positive(4096),
      count: positive(10_000_000),
    }),
    z.strictObject({
      ...{ name, seed, kind: z.literal('repeated_tokens') },
      symbols: wholeNumber(2, 256),
      half: wholeNumber(2, 2048),
      count: positive(10_000_000),
    }),
    z.strictObject({
      ...{ name, seed, kind: z.literal('small_digits') },
      count: positive(100_000),
    }),
    z.strictObject({
      ...{ name, seed, kind: z.literal('sparse_features') },
      features: wholeNumber(1, 4096),
      density: z.number().min(0).max(1),
      importance: z.number().positive().max(1).default(1),
      count: positive(100_000_000),
    }),
  ])
  .superRefine((data, context) => {
    const refuse = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message, input: data });
    };
    if (data.kind === 'linear_teacher') {
      const most = Math.min(data.inputs, data.outputs);
      if (data.singularValues.length > most) {
        refuse('singularValues', `at most ${most}, the smaller of inputs and outputs`);
      }
    }
    const { exampleShape, count } = syntheticShape(data);
    const size = exampleShape.reduce((product, extent) => product * extent, 1);
    if (size * count > mostNumbers) {
      refuse(
        'count' in data ? 'count' : 'kind',
        `at most ${Math.floor(mostNumbers / size)} examples of ${size} numbers, not ${count}`,
      );
    }
  });
