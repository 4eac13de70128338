import { z } from 'zod';
import { positive, wholeNumber } from '../number-ranges.ts';
import { trainingOptions } from '../training-settings.ts';

const { learningRate, weightDecay, clipNorm, momentum, beta1, beta2, epsilon, batchSize } = trainingOptions;

/** Options of training that may change while a run goes on; everything else decides what the run is. */
const settable = z
  .strictObject({
    ...z.object({ learningRate, weightDecay, clipNorm, momentum, beta1, beta2, epsilon, batchSize }).partial()
      .shape,
    /** Share of elements dropped: after every ReLU of an MLP, before the classifier of a CNN, in the blocks of a transformer. */
    dropout: z.number().min(0).max(0.9).optional(),
  })
  .refine((options) => Object.keys(options).length > 0, 'at least one option');

const layerNames = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/**
 * Something that is done to a run before a step, and holds from there on until another intervention changes it again. What
 * is measured and evaluated stays the same: data are changed for training alone.
 */
export const interventionSchema = z
  .strictObject({
    /** The first step that is taken under it. */
    at: wholeNumber(0, 10_000_000),
    /** What figures and tables call it; made of its content if absent. */
    name: z.string().min(1).max(100).optional(),
    set: settable.optional(),
    /** `permuted`: every class under the name of another; `shuffled`: among examples; `true`: as they were. */
    labels: z.enum(['permuted', 'shuffled', 'true']).optional(),
    /** `inverted`: lowest value plus highest minus each; `blank`: 0 from one number of an example to another; `original`: as they were. */
    inputs: z
      .union([
        z.enum(['inverted', 'original']),
        z.strictObject({ blank: z.tuple([wholeNumber(0, 10_000_000), wholeNumber(0, 10_000_000)]) }),
      ])
      .optional(),
    /** Which of the training examples are trained on: those of some classes, the first so many, or all. */
    data: z
      .union([
        z.literal('all'),
        z.strictObject({ classes: z.array(wholeNumber(0, 255)).min(1).max(256) }),
        z.strictObject({ examples: positive(10_000_000) }),
      ])
      .optional(),
    /** Layers that start anew from other initial values. */
    reinitialize: layerNames.optional(),
    /** Layers whose parameters stay as they are from now on, in place of those frozen so far; `none` frees them. */
    freeze: layerNames.optional(),
  })
  .refine(
    ({ at: _, name: __, ...changes }) => Object.keys(changes).length > 0,
    'at least one of set, labels, inputs, data, reinitialize, freeze',
  );

export const interventionsSchema = z
  .array(interventionSchema)
  .max(1000)
  .refine(
    (entries) => entries.every(({ at }, i) => i === 0 || at > entries[i - 1].at),
    'interventions in the order of their steps, one for each step',
  );

export type Intervention = z.output<typeof interventionSchema>;
