import { acrossWindows } from '../across-windows.ts';
import { trackCourses } from '../track-courses.ts';
import { atCheckpoints } from './at-checkpoints.ts';

/** What changes in early changes: weights, spectra, gradient noise, curvature of the loss. */

const question = 'What changes in early changes (weights, loss landscape)?';

export const initializationEscape = atCheckpoints({
  name: 'initialization-escape',
  question: 'Are early changes the escape from initialization?',
  claim: 'Weights move away from where they began more across early changes than across matched windows.',
  measure: 'weight_change',
  predicted: 'rises',
  when: 'early',
});

export const earlyWeights = ofTrack({
  name: 'early-changes-move-weights',
  claim:
    'The distance of the weights from their start grows more across early changes than across matched windows.',
  track: 'weights',
  series: 'distance_from_start',
  unit: 'of their norm',
  key: 'weights: {every: 5}',
  predicted: 'rises',
});

export const earlySpectra = ofTrack({
  name: 'early-changes-move-spectra',
  claim: 'The stable rank of the weights moves more across early changes than across matched windows.',
  track: 'weights',
  series: 'stable_rank',
  unit: 'in stable rank',
  key: 'weights: {every: 5}',
  predicted: 'moves',
});

export const earlyNoise = ofTrack({
  name: 'early-changes-add-gradient-noise',
  claim: 'The noise scale of the gradient rises more across early changes than across matched windows.',
  track: 'gradient-noise',
  series: 'noise_scale',
  unit: 'examples',
  key: 'gradientNoise: {every: 5}',
  predicted: 'rises',
});

export const earlySharpness = ofTrack({
  name: 'early-changes-sharpen',
  claim: 'The largest curvature of the loss rises more across early changes than across matched windows.',
  track: 'sharpness',
  series: 'sharpness',
  unit: 'in sharpness',
  key: 'sharpness: {every: 5}',
  predicted: 'rises',
});

function ofTrack(asked: {
  readonly name: string;
  readonly claim: string;
  readonly track: string;
  readonly series: string;
  readonly unit: string;
  /** In a study file. */
  readonly key: string;
  readonly predicted: 'rises' | 'moves';
}) {
  const { track, series, key, ...rest } = asked;
  return acrossWindows({
    ...rest,
    question,
    measure: series,
    when: 'early',
    courses: ({ runs }) => trackCourses(runs, track, series),
    needs: `the track ${track}: \`${key}\` in the study file, often enough to lie before and after changes`,
  });
}
