import type { SyntheticData } from '../../../src/datasets/synthetic/synthetic-data.ts';

/** Data of every kind that the program draws, small. */
export const exampleData: readonly SyntheticData[] = [
  { kind: 'linear_teacher', inputs: 5, outputs: 4, singularValues: [3, 1], copies: 2, seed: 1 },
  { kind: 'modular_addition', modulus: 7, encoding: 'tokens', seed: 1 },
  { kind: 'modular_addition', modulus: 7, encoding: 'one-hot', seed: 1 },
  {
    ...{ kind: 'gaussian_classes', count: 2000, dimensions: 3, spread: 2, noise: 0.5 },
    ...{ clusters: 5, classes: 3, labels: 'cluster', seed: 1 },
  },
  { kind: 'checkerboard', side: 4, perField: 50, noise: 0.05, seed: 1 },
  { kind: 'markov_chains', symbols: 3, length: 40, count: 3000, seed: 1 },
  { kind: 'repeated_tokens', symbols: 9, half: 6, count: 50, seed: 1 },
  { kind: 'sparse_features', features: 4, density: 0.3, importance: 0.9, count: 5000, seed: 1 },
  { kind: 'small_digits', count: 60, seed: 1 },
];
