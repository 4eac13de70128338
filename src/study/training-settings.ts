import { z } from 'zod';
import { lossNames } from '../training/losses.ts';
import { positive, share, wholeNumber } from './number-ranges.ts';

/** The options of training as one flat record, so that each can be varied by `grid` and recorded in the log. */
export const trainingOptions = {
  steps: positive(10_000_000),
  examples: positive(10_000_000),
  batchSize: positive(65536),
  /** What is made small; cross-entropy if absent. */
  loss: z.enum(lossNames),
  optimizer: z.enum(['adam', 'adamw', 'sgd']),
  learningRate: z.number().positive().max(10),
  weightDecay: z.number().min(0).max(10),
  /** Gradients with a longer L2 norm are shortened to it. */
  clipNorm: z.number().positive(),
  /** Of sgd. */
  momentum: z.number().min(0).max(0.9999),
  /** Of adam and adamw. */
  beta1: z.number().min(0).max(0.9999),
  beta2: z.number().min(0).max(0.999999),
  epsilon: z.number().positive().max(1),
  schedule: z.enum(['constant', 'cosine', 'step']),
  /** Steps over which the learning rate rises to its full value. */
  warmup: wholeNumber(0, 10_000_000),
  /** Of cosine: the share of the learning rate that is left at the end. */
  scheduleFloor: share,
  /** Of step: steps between two reductions, and what each multiplies by. */
  scheduleEvery: positive(10_000_000),
  scheduleFactor: z.number().positive().max(1),
};

/** Those of a study file, defaults filled in. Whether they go together, `misplacedOptions` says. */
export const trainingSettings = z.strictObject({
  ...z.object(trainingOptions).partial().shape,
  steps: trainingOptions.steps.default(2000),
  examples: trainingOptions.examples.default(1500),
  batchSize: trainingOptions.batchSize.default(32),
  optimizer: trainingOptions.optimizer.default('adam'),
  learningRate: trainingOptions.learningRate.default(1e-3),
  /** Processor threads inside one run; 1 if absent. Results repeat exactly at a fixed number of them only. */
  threads: positive(256).optional(),
});

export type TrainingSettings = z.output<typeof trainingSettings>;
