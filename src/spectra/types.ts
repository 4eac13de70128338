/** A dense row-major matrix: `data[r * columns + c]`. Rows are samples (P), columns are features (Q). */
export interface Matrix {
  readonly data: Float32Array | Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Whether column means were subtracted before the singular values were taken. */
export type Centering = 'columns' | 'none';

/** Singular values of a [P samples, Q features] matrix, with what is needed to judge and reuse them. */
export interface Spectrum {
  /** Descending, length min(P, Q). */
  readonly singularValues: Float64Array;
  /** P, rows of the matrix. */
  readonly samples: number;
  /** Q, columns of the matrix. */
  readonly features: number;
  readonly centering: Centering;
  /**
   * How many leading singular values carry digits: those of at least 1e-6·σ₁. The others are lost to rounding
   * in the Gram matrix and must not be interpreted one by one.
   */
  readonly reliable: number;
  /** Σ‖row − mean‖⁴ over the centered rows: what the finite-sample correction needs beside the singular values. */
  readonly rowFourthMoment: number;
  /** Why there are no singular values (they are NaN then); absent where there are. */
  readonly undetermined?: string;
}

/** A number, or the reason why there is none. Never a silent 0 or NaN. */
export type Determined =
  | { readonly determined: true; readonly value: number }
  | { readonly determined: false; readonly reason: string };

/** Interchangeable dimensionality metrics: one spectrum in, one number (or a reason) out. */
export type Metric = (spectrum: Spectrum) => Determined;
