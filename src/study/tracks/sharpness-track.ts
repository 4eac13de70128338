import type { Dataset } from '../../datasets/types.ts';
import { type Sharpness, sharpness } from '../../landscape/sharpness.ts';
import type { TrackHeader } from '../../measurements/run-header.ts';
import type { Model } from '../../models/model.ts';
import { createRandom, type Random } from '../../numerics/random.ts';
import { determined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { Loss } from '../../training/train.ts';
import { dueSteps } from '../due-steps.ts';
import { lossOf } from '../training-options.ts';
import type { TrackKind } from './track-kind.ts';
import type { TrackMeter } from './track-meter.ts';
import { assertEnoughToTrainOn, type TrainingGradients, trainingGradients } from './training-gradients.ts';

const usualExamples = 128;

/**
 * Far below the step that is best for smooth losses: thousands of ReLUs would switch within that one, and each switch
 * turns up divided by the step. At 1e-9 hardly any does, and of float64's digits six or more are left.
 */
const relativeStep = 1e-9;

const header: TrackHeader = {
  id: 'sharpness',
  series: ['sharpness', 'residual', 'iterations', 'converged'],
  subjects: [{ name: 'network', rows: null, columns: null }],
  spectra: false,
};

export interface SharpnessTrackOptions {
  readonly examples?: number;
  readonly iterations: number;
  readonly tolerance: number;
  readonly threads?: number;
  readonly loss?: Loss;
  /** The same start at every measurement, so that an interrupted run goes on to the same values. */
  readonly random: Random;
}

/**
 * The top Hessian eigenvalue of the mean loss over some training examples, without dropout: see `sharpness`.
 * `converged` is 1 or 0; with 0 the sharpness is a lower bound.
 *
 * @throws InputError if more examples are wanted than the run trains on.
 */
export function sharpnessTrack(
  model: Model,
  data: Dataset,
  options: SharpnessTrackOptions,
  isDue: (step: number) => boolean,
): TrackMeter {
  const { examples, iterations, tolerance, threads, loss, random } = options;
  const gradients = trainingGradients(model, data, {
    field: 'sharpness.examples',
    examples,
    usual: usualExamples,
    threads,
    loss,
  });
  return {
    header,
    isDue,
    concurrent: false,
    measure: async ({ after }) => {
      const found = await sharpness(meanGradient(gradients), gradients.flat(after), random.fork('start'), {
        tolerance,
        mostIterations: iterations,
        relativeStep,
      });
      const of = (value: (result: Extract<Sharpness, { determined: true }>) => number): Determined =>
        found.determined ? determined(value(found)) : found;
      const values = {
        sharpness: of((result) => result.sharpness),
        residual: of(({ residual }) => residual),
        iterations: of((result) => result.iterations),
        converged: of(({ converged }) => Number(converged)),
      };
      return [{ values }];
    },
    close: gradients.close,
  };
}

/** The gradient of the mean loss over all examples, always summed in the same order. */
function meanGradient({ batches, at }: TrainingGradients): (weights: Float64Array) => Promise<Float64Array> {
  const examples = batches.reduce((sum, { length }) => sum + length, 0);
  return async (weights) => {
    const mean = new Float64Array(weights.length);
    const gradientOf = at(weights);
    for (const batch of batches) {
      const { gradient } = await gradientOf(batch);
      const share = batch.length / examples;
      for (let i = 0; i < mean.length; i++) mean[i] += share * gradient[i];
    }
    return mean;
  };
}

/** The sharpness, as a study file asks for it. */
export const sharpnessOfLoss: TrackKind = {
  key: 'sharpness',
  id: header.id,
  assert: ({ sharpness: wanted, training }) =>
    assertEnoughToTrainOn('sharpness.examples', wanted?.examples, training.examples),
  open: (plan, model, data) =>
    sharpnessTrack(
      model,
      data,
      {
        ...plan.sharpness!,
        threads: plan.training.threads,
        loss: lossOf(plan.training),
        random: createRandom(plan.seed).fork('sharpness'),
      },
      dueSteps(plan.sharpness!),
    ),
};
