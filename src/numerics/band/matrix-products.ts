/** A dense row-major matrix, to be taken as it stands or transposed. */
export interface Factor {
  /** Row-major [rows, columns]; exactly as long. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly transposed?: boolean;
}

/** Products of dense float64 matrices, by whatever computes them fastest. */
export interface MatrixProducts {
  /**
   * out ← left · right, or left · right + added.
   *
   * The arrays are lent until the promise settles.
   *
   * @param out of the exact length of the product; shares no memory with the others.
   * @throws RangeError where the inner dimensions or the lengths do not fit.
   */
  multiply(left: Factor, right: Factor, out: Float64Array, added?: Float64Array): Promise<void>;
}

/**
 * The shape of a product.
 *
 * @throws RangeError where the inner dimensions or the lengths do not fit.
 * @example
 * shapeOfProduct({ values: new Float64Array(6), rows: 2, columns: 3 }, { values: new Float64Array(3), rows: 3, columns: 1 }, new Float64Array(2));
 * // { rows: 2, inner: 3, columns: 1 }
 */
export function shapeOfProduct(
  left: Factor,
  right: Factor,
  out: Float64Array,
): { readonly rows: number; readonly inner: number; readonly columns: number } {
  const [rows, inner] = left.transposed ? [left.columns, left.rows] : [left.rows, left.columns];
  const [alsoInner, columns] = right.transposed ? [right.columns, right.rows] : [right.rows, right.columns];
  if (inner !== alsoInner || out.length !== rows * columns) {
    throw new RangeError(
      `no product of [${rows}, ${inner}] and [${alsoInner}, ${columns}] in ${out.length} elements`,
    );
  }
  return { rows, inner, columns };
}

/** Products in plain JavaScript: slow, without anything beside them, the reference for others. */
export const plainProducts: MatrixProducts = {
  multiply: async (left, right, out, added) => {
    const { rows, inner, columns } = shapeOfProduct(left, right, out);
    const [leftRow, leftColumn] = left.transposed ? [1, left.columns] : [left.columns, 1];
    const [rightRow, rightColumn] = right.transposed ? [1, right.columns] : [right.columns, 1];
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = added === undefined ? 0 : added[i * columns + j];
        for (let k = 0; k < inner; k++) {
          sum += left.values[i * leftRow + k * leftColumn] * right.values[k * rightRow + j * rightColumn];
        }
        out[i * columns + j] = sum;
      }
    }
  },
};
