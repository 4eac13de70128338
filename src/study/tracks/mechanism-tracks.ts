import { trackedMeasures } from '../../mechanisms/measures.ts';
import { dueSteps } from '../due-steps.ts';
import { type MechanismTrack, mechanismTracks, trackedSubjects } from '../mechanism-records.ts';
import type { TrackKind } from './track-kind.ts';

/** What heads look at, on the probe examples; networks without attention have no such track. */
export const attentionOfHeads: TrackKind = {
  ...mechanismTrack('attention'),
  has: ({ architecture: { family } }) => family === 'transformer',
};

/** How alike the filters of every weight tensor are. */
export const filtersOfWeights: TrackKind = mechanismTrack('filters');

/** What the units of every layer answer, after their nonlinearity, on the probe examples. */
export const unitsOfLayers: TrackKind = mechanismTrack('units');

function mechanismTrack(key: MechanismTrack): TrackKind {
  return {
    key,
    id: key,
    assert: () => {},
    open: (plan, model) => ({
      header: {
        id: key,
        series: trackedMeasures(mechanismTracks[key]),
        subjects: trackedSubjects(model, key).map((name) => ({ name, rows: null, columns: null })),
        spectra: false,
      },
      isDue: dueSteps(plan[key]!),
      concurrent: true,
      measure: ({ after }, reader) => reader.read(key, after),
      close: async () => {},
    }),
  };
}
