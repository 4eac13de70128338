import type { Dataset } from '../../datasets/types.ts';
import type { SymmetricOperator } from '../../landscape/symmetric-operator.ts';
import type { Model } from '../../models/model.ts';
import { flatWeights } from '../../training/gradient-oracle.ts';
import { hessianOracle } from '../../training/hessian-oracle.ts';
import type { Loss, NamedTensors } from '../../training/train.ts';
import { assertEnoughToTrainOn, gradientBatch } from './training-gradients.ts';

/** Examples whose mean loss's curvature is measured where a study file does not say. */
const usualExamples = 128;

export interface TrainingHessianOptions {
  /** The option that says how many examples, for messages. */
  readonly field: string;
  /** How many of the first training examples; 128, or all if there are fewer, if absent. */
  readonly examples?: number;
  readonly threads?: number;
  readonly loss?: Loss;
}

/** The Hessian of the mean loss over the first training examples of a run (which were drawn at random), without dropout. */
export interface TrainingHessian {
  /** Products at these weights, which are copied. */
  at(weights: NamedTensors): SymmetricOperator;
  close(): Promise<void>;
}

/**
 * Prepares products with the Hessian; the graph is built when the first one is asked for.
 *
 * @throws InputError if more examples are wanted than the run trains on.
 */
export function trainingHessian(
  model: Model,
  data: Dataset,
  { field, examples, threads, loss }: TrainingHessianOptions,
): TrainingHessian {
  assertEnoughToTrainOn(field, examples, data.count);
  const all = Array.from({ length: examples ?? Math.min(usualExamples, data.count) }, (_, i) => i);
  const oracle = hessianOracle(model, { batch: Math.min(gradientBatch, all.length), threads, loss });
  return {
    at: (weights) => oracle.at(flatWeights(model, weights), data, all),
    close: oracle.close,
  };
}
