import type { Dataset } from '../../datasets/types.ts';
import { type TopEigenvalues, topEigenvalues } from '../../landscape/top-eigenvalues.ts';
import type { Model } from '../../models/model.ts';
import { createRandom, type Random } from '../../numerics/random.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { Loss } from '../../training/train.ts';
import { dueSteps } from '../due-steps.ts';
import { lossOf } from '../training-options.ts';
import type { TrackKind } from './track-kind.ts';
import type { TrackMeter } from './track-meter.ts';
import { assertEnoughToTrainOn } from './training-gradients.ts';
import { trainingHessian } from './training-hessian.ts';

const id = 'sharpness';

export interface SharpnessTrackOptions {
  readonly examples?: number;
  /** Products with the Hessian at the most. */
  readonly iterations: number;
  readonly tolerance: number;
  /** How many of the largest eigenvalues; 1 if absent. */
  readonly eigenvalues?: number;
  readonly threads?: number;
  readonly loss?: Loss;
  /** The same start at every measurement, so that an interrupted run goes on to the same values. */
  readonly random: Random;
}

/**
 * The top Hessian eigenvalues of the mean loss over some training examples, without dropout, by exact products with the Hessian:
 * see `topEigenvalues`. `residual` is the largest of theirs; `converged` is 1 or 0, and with 0 they are lower bounds.
 *
 * @throws InputError if more examples are wanted than the run trains on.
 */
export function sharpnessTrack(
  model: Model,
  data: Dataset,
  options: SharpnessTrackOptions,
  isDue: (step: number) => boolean,
): TrackMeter {
  const { iterations, tolerance, eigenvalues: count = 1, random } = options;
  const hessian = trainingHessian(model, data, { ...options, field: 'sharpness.examples' });
  const next = Array.from({ length: count - 1 }, (_, i) => `eigenvalue_${i + 2}`);
  return {
    header: {
      id,
      series: ['sharpness', ...next, 'residual', 'iterations', 'converged'],
      subjects: [{ name: 'network', rows: null, columns: null }],
      spectra: false,
    },
    isDue,
    concurrent: false,
    measure: async ({ after }) => {
      const found = await topEigenvalues(hessian.at(after), model.parameterCount, random.fork('start'), {
        count,
        tolerance,
        mostProducts: iterations,
      });
      const of = (value: (result: Extract<TopEigenvalues, { determined: true }>) => number): Determined =>
        found.determined ? determined(value(found)) : found;
      const eigenvalue = (k: number): Determined =>
        found.determined && k >= found.eigenvalues.length
          ? undetermined(`${found.products} products find no more than ${found.eigenvalues.length}`)
          : of(({ eigenvalues }) => eigenvalues[k]);
      const values = {
        sharpness: eigenvalue(0),
        ...Object.fromEntries(next.map((name, i) => [name, eigenvalue(i + 1)])),
        residual: of(({ residuals }) => Math.max(...residuals)),
        iterations: of(({ products }) => products),
        converged: of(({ converged }) => Number(converged)),
      };
      return [{ values }];
    },
    close: hessian.close,
  };
}

/** The sharpness, as a study file asks for it. */
export const sharpnessOfLoss: TrackKind = {
  key: 'sharpness',
  id,
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
