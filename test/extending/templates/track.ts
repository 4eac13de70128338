import { determined } from '../../../src/spectra/determined.ts';
import { dueSteps } from '../../../src/study/due-steps.ts';
import type { TrackKind } from '../../../src/study/tracks/track-kind.ts';

/** The Euclidean norm of all weights. */
export const weightNorm: Omit<TrackKind, 'key'> & { readonly key: 'weightNorm' } = {
  key: 'weightNorm',
  id: 'weight-norm',
  assert: () => {},
  open: (plan) => ({
    header: {
      id: 'weight-norm',
      series: ['norm'],
      subjects: [{ name: 'network', rows: null, columns: null }],
      spectra: false,
    },
    // As soon as the schema has its key: plan.weightNorm!
    isDue: dueSteps(plan.weights!),
    concurrent: true,
    measure: async ({ after }) => {
      let sum = 0;
      for (const { data } of after.values()) for (const weight of data) sum += weight * weight;
      return [{ values: { norm: determined(Math.sqrt(sum)) } }];
    },
    close: async () => {},
  }),
};
