import type { TrackHeader } from '../../measurements/run-header.ts';
import { undetermined } from '../../spectra/determined.ts';
import { spectralVelocity } from '../../spectra/spectral-velocity.ts';
import { dueSteps } from '../due-steps.ts';
import type { TrackKind } from './track-kind.ts';
import { weightMatrices } from './weight-matrices.ts';

/**
 * How fast the spectrum of each weight matrix moves, from the measurement before: see `spectralVelocity`. All measurements
 * lie at one distance, so that values compare. A matrix that stands still has a reason in place of a number.
 */
export const spectralVelocityOfWeights: TrackKind = {
  key: 'spectralVelocity',
  id: 'spectral-velocity',
  assert: () => {},
  open: (plan, model) => {
    const header: TrackHeader = {
      id: 'spectral-velocity',
      series: ['spectral_velocity'],
      subjects: weightMatrices(model).map(({ name, rows, columns }) => ({ name, rows, columns })),
      spectra: true,
    };
    return {
      header,
      isDue: dueSteps(plan.spectralVelocity!),
      concurrent: true,
      measure: async ({ after }, reader, previous) => {
        // Asked for first: what it needs of the weights is copied before they change.
        const now = await reader.read('weights', after);
        const before = (await previous)?.subjects;
        return now.map(({ singularValues }, i) => {
          const earlier = before?.[i].singularValues;
          const velocity =
            before === undefined
              ? undetermined('no measurement before')
              : spectralVelocity(earlier ?? new Float64Array(), singularValues ?? new Float64Array());
          return { values: { spectral_velocity: velocity }, singularValues };
        });
      },
      close: async () => {},
    };
  },
};
