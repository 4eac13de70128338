import type { Dataset } from '../../datasets/types.ts';
import { createGradientNoise, type NoiseEstimates } from '../../landscape/gradient-noise.ts';
import type { TrackHeader } from '../../measurements/run-header.ts';
import type { Model } from '../../models/model.ts';
import { determined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { Loss } from '../../training/train.ts';
import { dueSteps } from '../due-steps.ts';
import { lossOf } from '../training-options.ts';
import type { TrackKind } from './track-kind.ts';
import type { TrackMeter } from './track-meter.ts';
import { assertEnoughToTrainOn, gradientBatch, trainingGradients } from './training-gradients.ts';

const usualExamples = 512;

const header: TrackHeader = {
  id: 'gradient-noise',
  series: ['noise_scale', 'covariance_trace', 'squared_gradient_norm', 'loss'],
  subjects: [{ name: 'network', rows: null, columns: null }],
  spectra: false,
};

/**
 * How much gradients of single examples differ, from those of batches of 32 training examples without dropout: see
 * `createGradientNoise`. `loss` is the mean over the same examples.
 *
 * @throws InputError if more examples are wanted than the run trains on.
 */
export function gradientNoiseTrack(
  model: Model,
  data: Dataset,
  options: { readonly examples?: number; readonly threads?: number; readonly loss?: Loss },
  isDue: (step: number) => boolean,
): TrackMeter {
  const gradients = trainingGradients(model, data, {
    ...options,
    field: 'gradientNoise.examples',
    usual: usualExamples,
  });
  // The estimate takes equal batches: a smaller last one is left out.
  const batches = gradients.batches.filter(({ length }) => length === gradientBatch);
  return {
    header,
    isDue,
    concurrent: false,
    measure: async ({ after }) => {
      const gradientOf = gradients.at(gradients.flat(after));
      const noise = createGradientNoise(model.parameterCount);
      let loss = 0;
      for (const batch of batches) {
        const found = await gradientOf(batch);
        noise.add(found.gradient, batch.length);
        loss += found.loss / batches.length;
      }
      const result = noise.result();
      const estimates = result.determined ? result : result.estimates;
      const estimate = (name: keyof NoiseEstimates): Determined =>
        estimates === undefined && !result.determined ? result : determined(estimates![name]);
      const values = {
        noise_scale: result.determined ? determined(result.noiseScale) : result,
        covariance_trace: estimate('covarianceTrace'),
        squared_gradient_norm: estimate('squaredNorm'),
        loss: determined(batches.length === 0 ? Number.NaN : loss),
      };
      return [{ values }];
    },
    close: gradients.close,
  };
}

/** The gradient noise, as a study file asks for it. */
export const gradientNoise: TrackKind = {
  key: 'gradientNoise',
  id: header.id,
  assert: ({ gradientNoise: wanted, training }) =>
    assertEnoughToTrainOn('gradientNoise.examples', wanted?.examples, training.examples),
  open: (plan, model, data) =>
    gradientNoiseTrack(
      model,
      data,
      { ...plan.gradientNoise!, threads: plan.training.threads, loss: lossOf(plan.training) },
      dueSteps(plan.gradientNoise!),
    ),
};
