import type { Dataset } from '../../datasets/types.ts';
import type { Model } from '../../models/model.ts';
import { createRandom } from '../../numerics/random.ts';
import { initialWeights } from '../../training/train.ts';
import { dueSteps } from '../due-steps.ts';
import type { RunPlan } from '../run-plan.ts';
import { trainingRandom } from '../training-options.ts';
import { gradientNoiseTrack } from './gradient-noise-track.ts';
import { sharpnessTrack } from './sharpness-track.ts';
import type { TrackMeter } from './track-meter.ts';
import { assertEnoughToTrainOn } from './training-gradients.ts';
import { weightTrack } from './weight-track.ts';

/** @throws InputError if a track wants more examples than the run trains on. */
export function assertTracks({ gradientNoise, sharpness, training }: RunPlan): void {
  assertEnoughToTrainOn('gradientNoise.examples', gradientNoise?.examples, training.examples);
  assertEnoughToTrainOn('sharpness.examples', sharpness?.examples, training.examples);
}

/**
 * The tracks that a plan asks for, in the order in which they are logged.
 *
 * @param data the run's training examples.
 * @throws InputError if more of them are wanted than there are.
 */
export function trackMeters(plan: RunPlan, model: Model, data: Dataset): TrackMeter[] {
  const { weights, gradientNoise, sharpness, seed, training } = plan;
  const random = createRandom(seed);
  const { threads } = training;
  const meters: TrackMeter[] = [];
  if (weights !== null) {
    meters.push(weightTrack(model, initialWeights(model, trainingRandom(random)), dueSteps(weights)));
  }
  if (gradientNoise !== null) {
    meters.push(gradientNoiseTrack(model, data, { ...gradientNoise, threads }, dueSteps(gradientNoise)));
  }
  if (sharpness !== null) {
    const options = { ...sharpness, threads, random: random.fork('sharpness') };
    meters.push(sharpnessTrack(model, data, options, dueSteps(sharpness)));
  }
  return meters;
}
