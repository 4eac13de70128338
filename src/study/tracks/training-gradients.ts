import type { Dataset } from '../../datasets/types.ts';
import { InputError } from '../../errors/input-error.ts';
import type { Model } from '../../models/model.ts';
import { flatWeights, gradientOracle, type LossGradient } from '../../training/gradient-oracle.ts';
import type { Loss, NamedTensors } from '../../training/train.ts';

/** Examples of one gradient; the means of more are taken over several. */
export const gradientBatch = 32;

export interface TrainingGradientsOptions {
  /** The option that says how many, for messages. */
  readonly field: string;
  /** How many of the first training examples; `usual`, or all if there are fewer, if absent. */
  readonly examples?: number;
  readonly usual: number;
  readonly threads?: number;
  readonly loss?: Loss;
}

/** Gradients of the loss over the first training examples of a run (which were drawn at random), batch by batch. */
export interface TrainingGradients {
  readonly batches: readonly (readonly number[])[];
  /** The gradients over batches at these weights, which are copied: see `GradientOracle`. */
  at(weights: Float64Array): (batch: readonly number[]) => Promise<LossGradient>;
  /** The weights as `at` takes them. */
  flat(weights: NamedTensors): Float64Array;
  close(): Promise<void>;
}

/** @throws InputError if more examples are wanted than the run trains on. */
export function assertEnoughToTrainOn(field: string, examples: number | undefined, available: number): void {
  if (examples === undefined || examples <= available) return;
  throw new InputError({ field, value: examples, allowed: `at most the ${available} examples of training` });
}

/**
 * Prepares gradients at weights of any kind; the graph is built when the first one is asked for.
 *
 * @throws InputError if more examples are wanted than the run trains on.
 */
export function trainingGradients(
  model: Model,
  data: Dataset,
  { field, examples, usual, threads, loss }: TrainingGradientsOptions,
): TrainingGradients {
  const count = examples ?? Math.min(usual, data.count);
  assertEnoughToTrainOn(field, examples, data.count);
  const batches = Array.from({ length: Math.ceil(count / gradientBatch) }, (_, batch) =>
    Array.from(
      { length: Math.min(gradientBatch, count - batch * gradientBatch) },
      (_, i) => batch * gradientBatch + i,
    ),
  );
  const oracle = gradientOracle(model, { batch: gradientBatch, threads, loss });
  return {
    batches,
    at: (weights) => {
      const gradientOf = oracle.at(weights);
      return (batch) => gradientOf(data, batch);
    },
    flat: (weights) => flatWeights(model, weights),
    close: oracle.close,
  };
}
