/** A named tensor that a network learns. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initialization;
  /** Names of the equally large matrices that are stacked in it, from the first row on; absent for a single one. */
  readonly stacked?: readonly string[];
}

/** How a parameter starts. */
export type Initialization =
  | { readonly kind: 'constant'; readonly value: number }
  /** Uniform in ±bound. `sameAs` names a parameter whose values are copied, as PyTorch copies encoder blocks. */
  | { readonly kind: 'uniform'; readonly bound: number; readonly sameAs?: string }
  /** Normal with mean 0 and deviation `sd`, 1 if absent. */
  | { readonly kind: 'normal'; readonly sd?: number }
  /** A matrix by its singular values, the rest of them 0, and its singular vectors: the columns of two orthogonal matrices. */
  | {
      readonly kind: 'modes';
      readonly singularValues: readonly number[];
      readonly left: SingularVectors;
      readonly right: SingularVectors;
    };

/** An orthogonal matrix, row by row, or one drawn at random under a name that several parameters may share. */
export type SingularVectors = Float64Array | string;
