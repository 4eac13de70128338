import { InputError } from '../../errors/input-error.ts';
import { determined } from '../../spectra/determined.ts';
import { featureDimensionality } from '../../spectra/feature-dimensionality.ts';
import { dueSteps } from '../due-steps.ts';
import type { TrackKind } from './track-kind.ts';

/** How an autoencoder represents each of its features: see `featureDimensionality`. */
export const featuresOfAutoencoder: TrackKind = {
  key: 'features',
  id: 'features',
  assert: ({ architecture, architectureName }) => {
    if (architecture.family === 'autoencoder') return;
    throw new InputError({ field: 'features', value: architectureName, allowed: 'only for autoencoders' });
  },
  open: (plan, model) => ({
    header: {
      id: 'features',
      series: ['squared_norm', 'dimensionality'],
      subjects: Array.from({ length: model.classes }, (_, i) => ({
        name: `feature ${i + 1}`,
        rows: null,
        columns: null,
      })),
      spectra: false,
    },
    isDue: dueSteps(plan.features!),
    concurrent: false,
    measure: async ({ after }) => {
      const { data, shape } = after.get('encoder.weight')!;
      return featureDimensionality({ data, rows: shape[0], columns: shape[1] }).map(
        ({ squaredNorm, dimensionality }) => ({
          values: { squared_norm: determined(squaredNorm), dimensionality: determined(dimensionality) },
        }),
      );
    },
    close: async () => {},
  }),
};
