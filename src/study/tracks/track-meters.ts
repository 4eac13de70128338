import type { Dataset } from '../../datasets/types.ts';
import type { Model } from '../../models/model.ts';
import type { RunPlan } from '../run-plan.ts';
import { gradientNoise } from './gradient-noise-track.ts';
import { hessian } from './hessian-track.ts';
import { sharpnessOfLoss } from './sharpness-track.ts';
import { spectralVelocityOfWeights } from './spectral-velocity-track.ts';
import type { TrackKind } from './track-kind.ts';
import type { TrackMeter } from './track-meter.ts';
import { weights } from './weight-track.ts';

/** Every kind of track, in the order in which they are logged. Their keys are those of the study file's schema. */
export const trackKinds: readonly TrackKind[] = [
  weights,
  spectralVelocityOfWeights,
  gradientNoise,
  sharpnessOfLoss,
  hessian,
];

/** @throws InputError if a track asks for what the run does not have. */
export function assertTracks(plan: RunPlan): void {
  for (const { assert } of wanted(plan)) assert(plan);
}

/**
 * The tracks that a plan asks for, in the order in which they are logged.
 *
 * @param data the run's training examples.
 * @throws InputError if more of them are wanted than there are.
 */
export function trackMeters(plan: RunPlan, model: Model, data: Dataset): TrackMeter[] {
  return wanted(plan).map(({ open }) => open(plan, model, data));
}

function wanted(plan: RunPlan): TrackKind[] {
  return trackKinds.filter(({ key }) => plan[key] != null);
}
