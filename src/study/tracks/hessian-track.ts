import type { Dataset } from '../../datasets/types.ts';
import type { Estimate } from '../../landscape/mean-with-error.ts';
import { spectralDensity } from '../../landscape/spectral-density.ts';
import type { TrackHeader } from '../../measurements/run-header.ts';
import type { Model } from '../../models/model.ts';
import { createRandom, type Random } from '../../numerics/random.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { Loss } from '../../training/train.ts';
import { dueSteps } from '../due-steps.ts';
import { type SpectrumSummary, spectrumSummary } from '../spectrum-summary.ts';
import { lossOf } from '../training-options.ts';
import type { TrackKind } from './track-kind.ts';
import type { TrackMeter } from './track-meter.ts';
import { assertEnoughToTrainOn } from './training-gradients.ts';
import { trainingHessian } from './training-hessian.ts';

/** Each `…_error` is a standard error over the probes. */
const header: TrackHeader = {
  id: 'hessian',
  series: [
    'trace',
    'trace_error',
    'trace_of_square',
    'trace_of_square_error',
    'largest_eigenvalue',
    'smallest_eigenvalue',
    'flat_share',
    'flat_share_error',
    'negative_share',
    'negative_share_error',
  ],
  subjects: [{ name: 'network', rows: null, columns: null }],
  spectra: false,
};

export interface HessianTrackOptions {
  readonly examples?: number;
  readonly probes: number;
  /** Products per probe. */
  readonly steps: number;
  readonly threads?: number;
  readonly loss?: Loss;
  /** The same probes at every measurement: what is random about them does not look like a change. */
  readonly random: Random;
}

/**
 * The whole spectrum of the Hessian of the mean loss over some training examples, without dropout, by `spectralDensity`: its
 * sum and its sum of squares, its ends, and which shares of the eigenvalues are flat (within 1 % of the largest in size) or
 * negative beyond that.
 *
 * @throws InputError if more examples are wanted than the run trains on.
 */
export function hessianTrack(
  model: Model,
  data: Dataset,
  options: HessianTrackOptions,
  isDue: (step: number) => boolean,
): TrackMeter {
  const hessian = trainingHessian(model, data, { ...options, field: 'hessian.examples' });
  return {
    header,
    isDue,
    concurrent: false,
    measure: async ({ after }) => {
      const density = await spectralDensity(
        hessian.at(after),
        model.parameterCount,
        options.random.fork('probes'),
        options,
      );
      const values = density.determined
        ? logged(spectrumSummary(density))
        : Object.fromEntries(header.series.map((name) => [name, undetermined(density.reason)]));
      return [{ values }];
    },
    close: hessian.close,
  };
}

/** Estimates as two series each, the second their standard error. */
function logged(summary: SpectrumSummary): Record<string, Determined> {
  return Object.fromEntries(
    Object.entries(summary).flatMap(([name, entry]: [string, number | Estimate]) =>
      typeof entry === 'number'
        ? [[name, determined(entry)]]
        : [
            [name, determined(entry.value)],
            [
              `${name}_error`,
              entry.standardError === null
                ? undetermined('the error of a single probe is not known')
                : determined(entry.standardError),
            ],
          ],
    ),
  );
}

/** The spectrum of the Hessian, as a study file asks for it. */
export const hessian: TrackKind = {
  key: 'hessian',
  id: header.id,
  assert: ({ hessian: wanted, training }) =>
    assertEnoughToTrainOn('hessian.examples', wanted?.examples, training.examples),
  open: (plan, model, data) =>
    hessianTrack(
      model,
      data,
      {
        ...plan.hessian!,
        threads: plan.training.threads,
        loss: lossOf(plan.training),
        random: createRandom(plan.seed).fork('hessian'),
      },
      dueSteps(plan.hessian!),
    ),
};
