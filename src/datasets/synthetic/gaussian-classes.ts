import type { SyntheticKind } from './types.ts';

/** Points scattered around random centers. */
export interface GaussianClasses {
  readonly kind: 'gaussian_classes';
  readonly count: number;
  readonly dimensions: number;
  /** Standard deviation of the centers, and of the points around theirs. */
  readonly spread: number;
  readonly noise: number;
  readonly clusters: number;
  readonly classes: number;
  /** `cluster`: the class of a point is its cluster (modulo the classes); `random`: drawn for every point. */
  readonly labels: 'cluster' | 'random';
}

/** Clusters take turns, so that each has as many points as any other, or one more; the mean of all points is removed. */
export const gaussianClasses: SyntheticKind<GaussianClasses> = {
  shape: ({ dimensions, classes, count }) => ({
    exampleShape: [dimensions],
    classes,
    count,
    vocabulary: null,
    labelsPerExample: 1,
    isRegression: false,
  }),
  draw: ({ count, dimensions, spread, noise, clusters, classes, labels: labeled }, random) => {
    const [places, points, names] = ['centers', 'points', 'labels'].map((name) => random.fork(name));
    const centers = Float64Array.from({ length: clusters * dimensions }, () => spread * places.normal());
    const inputs = new Float32Array(count * dimensions);
    const labels = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const cluster = i % clusters;
      for (let d = 0; d < dimensions; d++) {
        inputs[i * dimensions + d] = centers[cluster * dimensions + d] + noise * points.normal();
      }
      labels[i] = labeled === 'random' ? names.integer(classes) : cluster % classes;
    }
    removeMean(inputs, dimensions);
    return { inputs, labels, exampleShape: [dimensions], classes, count };
  },
};

function removeMean(inputs: Float32Array, dimensions: number): void {
  const count = inputs.length / dimensions;
  for (let d = 0; d < dimensions; d++) {
    let sum = 0;
    for (let i = d; i < inputs.length; i += dimensions) sum += inputs[i];
    for (let i = d; i < inputs.length; i += dimensions) inputs[i] -= sum / count;
  }
}
