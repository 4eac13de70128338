import type { SyntheticKind } from './types.ts';

/** Features that are mostly absent, to be given back (Elhage et al. 2022, *Toy Models of Superposition*). */
export interface SparseFeatures {
  readonly kind: 'sparse_features';
  readonly features: number;
  /** Probability that a feature is present; its value is then uniform in [0, 1), else 0. */
  readonly density: number;
  /** What the squared error of each feature counts, as a multiple of that of the one before. */
  readonly importance: number;
  readonly count: number;
}

/** Every feature by itself; the targets are the inputs. */
export const sparseFeatures: SyntheticKind<SparseFeatures> = {
  shape: ({ features, count }) => ({
    exampleShape: [features],
    classes: features,
    count,
    vocabulary: null,
    labelsPerExample: 1,
    isRegression: true,
  }),
  draw: ({ features, density, importance, count }, random) => {
    const inputs = Float32Array.from({ length: count * features }, () =>
      random.uniform() < density ? random.uniform() : 0,
    );
    return {
      ...{ inputs, targets: inputs, labels: new Uint8Array(count), exampleShape: [features] },
      ...{ classes: features, count },
      importance: Array.from({ length: features }, (_, i) => importance ** i),
    };
  },
};
