import type { TrackHeader } from '../../measurements/run-header.ts';
import type { Model } from '../../models/model.ts';
import { createRandom } from '../../numerics/random.ts';
import { weightChange } from '../../spectra/weight-change.ts';
import { weightMetricNames } from '../../spectra/weight-metrics.ts';
import { initialWeights, type NamedTensors } from '../../training/train.ts';
import { dueSteps } from '../due-steps.ts';
import { trainingRandom } from '../training-options.ts';
import type { TrackKind } from './track-kind.ts';
import type { TrackMeter } from './track-meter.ts';
import { valuesOf, weightMatrices } from './weight-matrices.ts';

/** How a matrix moved: from the start of training (relative, and as a cosine), and in this one step. */
const changes = ['distance_from_start', 'cosine_to_start', 'update'] as const;

/**
 * The weight matrices of a run: their spectra, uncentered, and how far they have moved.
 *
 * @param initial the weights before the first step.
 */
export function weightTrack(
  model: Model,
  initial: NamedTensors,
  isDue: (step: number) => boolean,
): TrackMeter {
  const matrices = weightMatrices(model);
  const header: TrackHeader = {
    id: 'weights',
    series: [...weightMetricNames, ...changes],
    subjects: matrices.map(({ name, rows, columns }) => ({ name, rows, columns })),
    spectra: true,
  };
  return {
    header,
    isDue,
    concurrent: true,
    measure: async ({ before, after }, reader) => {
      const moved = matrices.map((matrix) => {
        const now = valuesOf(matrix, after);
        const { relative, cosine } = weightChange(valuesOf(matrix, initial), now);
        const update = weightChange(valuesOf(matrix, before), now).relative;
        return { distance_from_start: relative, cosine_to_start: cosine, update };
      });
      const spectra = await reader.read('weights', after);
      return spectra.map(({ values, singularValues }, i) => ({
        values: { ...values, ...moved[i] },
        singularValues,
      }));
    },
    close: async () => {},
  };
}

/** The weights, as a study file asks for them. */
export const weights: TrackKind = {
  key: 'weights',
  id: 'weights',
  assert: () => {},
  open: (plan, model) =>
    weightTrack(
      model,
      initialWeights(model, trainingRandom(createRandom(plan.seed))),
      dueSteps(plan.weights!),
    ),
};
