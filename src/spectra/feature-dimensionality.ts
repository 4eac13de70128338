import type { Matrix } from './types.ts';

/** How a network represents one feature. */
export interface FeatureRepresentation {
  /** ‖W_i‖²: near 1 for a feature that is represented, near 0 for one that is not. */
  readonly squaredNorm: number;
  /** D_i = ‖W_i‖² / Σ_j (Ŵ_i · W_j)², the share of a dimension that is its own: 1 alone, ½ in an antipodal pair; 0 for none. */
  readonly dimensionality: number;
}

/**
 * What each column of a weight matrix `[units, features]` is to the others (Elhage et al. 2022, *Toy Models of Superposition*).
 *
 * @example
 * const antipodal = { data: Float32Array.of(1, -1), rows: 1, columns: 2 };
 * featureDimensionality(antipodal).map(({ dimensionality }) => dimensionality); // [0.5, 0.5]
 */
export function featureDimensionality({ data, rows, columns }: Matrix): FeatureRepresentation[] {
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += data[row * columns + i] * data[row * columns + j];
    return sum;
  };
  return Array.from({ length: columns }, (_, i) => {
    const squaredNorm = dot(i, i);
    let overlap = 0;
    for (let j = 0; j < columns; j++) overlap += dot(i, j) ** 2;
    return { squaredNorm, dimensionality: overlap === 0 ? 0 : squaredNorm ** 2 / overlap };
  });
}
