import type { Run } from '../measurements/types.ts';
import { lastOf, trackCurve } from './curves.ts';
import { between, type Finding, factOf } from './fact.ts';
import { setting } from './settings.ts';
import type { KnownPlace, KnownTransition } from './types.ts';

const source =
  'Elhage et al. 2022, Toy Models of Superposition; ranges measured in PyTorch with the same network';

/** A feature of this squared norm or more is represented. */
const represented = 0.5;

/** By density: how many features are represented, and how much of a dimension each of them has. */
const expected: readonly { density: number; features: KnownPlace; dimensionality: KnownPlace }[] = [
  { density: 1, features: between(2, 2), dimensionality: between(0.75, 1) },
  { density: 0.7, features: between(2, 2), dimensionality: between(0.75, 1) },
  { density: 0.4, features: between(4, 4), dimensionality: between(0.45, 0.55) },
  { density: 0.3, features: between(4, 4), dimensionality: between(0.45, 0.55) },
  { density: 0.05, features: between(5, 5), dimensionality: between(0.37, 0.43) },
];

interface Features {
  readonly count: number;
  readonly meanDimensionality: number;
}

function featuresOf(run: Run): Features {
  const names = (run.tracks?.find(({ id }) => id === 'features')?.subjects ?? []).map(({ name }) => name);
  const end = (series: string): number[] =>
    names.map((name) => lastOf(trackCurve(run, 'features', name, series)));
  const dimensionality = end('dimensionality');
  const kept = end('squared_norm').flatMap((norm, i) => (norm > represented ? [dimensionality[i]] : []));
  return { count: kept.length, meanDimensionality: kept.reduce((a, b) => a + b, 0) / kept.length };
}

/** The loss of a run at its end: the mean of its last measurements, which are of other batches each. */
function endLoss({ loss }: Run): number {
  const last = loss.slice(-8);
  return last.reduce((a, b) => a + b, 0) / last.length;
}

/** The sparser the features, the more of them share the same two dimensions. Of several seeds the best counts: others are local optima. */
export const superposition: KnownTransition = {
  name: 'superposition',
  title: 'Superposition of sparse features in two dimensions',
  source,
  judge: (study) => {
    const data = setting<{ name: string; density: number }[]>(study, 'datasets');
    return expected.flatMap(({ density, features, dimensionality }) => {
      const name = data.find((one) => one.density === density)?.name;
      const runs = study.runs.filter(({ dataset }) => dataset === name);
      const best = runs.length === 0 ? null : runs.reduce((a, b) => (endLoss(b) < endLoss(a) ? b : a));
      const found = (of: (one: Features) => number): (Finding | null)[] => [
        best === null ? null : { value: of(featuresOf(best)) },
      ];
      return [
        factOf(
          `density ${density}: features represented`,
          features,
          found(({ count }) => count),
        ),
        factOf(
          `density ${density}: dimensionality of each`,
          dimensionality,
          found(({ meanDimensionality }) => meanDimensionality),
        ),
      ];
    });
  },
};
