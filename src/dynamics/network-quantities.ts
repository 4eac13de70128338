import type { Series } from '../detectors/types.ts';
import type { Run } from '../measurements/types.ts';

/** Series of tracks that say one thing about a network as a whole or a part of it, and are looked at as curves. */
export const networkQuantities: readonly {
  readonly track: string;
  readonly series: string;
  readonly title: string;
}[] = [
  { track: 'modes', series: 'strength', title: 'Strength of each mode' },
  { track: 'predictors', series: 'divergence', title: 'Divergence from each predictor (nats)' },
  { track: 'features', series: 'squared_norm', title: 'Squared norm of each feature' },
  { track: 'features', series: 'dimensionality', title: 'Dimensionality of each feature' },
  { track: 'neural-collapse', series: 'variability', title: 'Variability within classes (NC1)' },
  { track: 'neural-collapse', series: 'equiangular', title: 'Angles off a simplex (NC2)' },
  { track: 'training-accuracy', series: 'accuracy', title: 'Accuracy on the training examples' },
];

/** A quantity of a part of a network over a run. */
export interface QuantityCurve {
  readonly track: string;
  /** What is measured: a mode, a feature, the network. */
  readonly subject: string;
  readonly series: string;
  readonly curve: Series;
}

/** Every network quantity that a run's log has. */
export function quantityCurves({ tracks = [] }: Run): QuantityCurve[] {
  return networkQuantities.flatMap(({ track, series }) => {
    const found = tracks.find(({ id }) => id === track);
    return (found?.subjects ?? []).flatMap(({ name: subject, series: known }) => {
      const values = known.get(series)?.values;
      return values === undefined ? [] : [{ track, subject, series, curve: { steps: found!.steps, values } }];
    });
  });
}
