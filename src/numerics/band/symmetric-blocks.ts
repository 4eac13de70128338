/** Consecutive rows of the lower triangle of a symmetric matrix, as far as the diagonal of the last of them. */
export interface RowBlock {
  /** The first of them. */
  readonly from: number;
  readonly rows: number;
  /** Row-major [rows, from + rows]; what stands above the diagonal is the mirror image of what stands below. */
  readonly values: Float64Array;
}

/** A symmetric matrix in blocks of rows, from the top; they take half the memory of the whole matrix. */
export interface SymmetricBlocks {
  readonly order: number;
  readonly blocks: readonly RowBlock[];
}

/**
 * Where blocks of at most `height` rows begin and end.
 *
 * @example
 * blockRanges(5, 2); // [{ from: 0, rows: 2 }, { from: 2, rows: 2 }, { from: 4, rows: 1 }]
 */
export function blockRanges(
  order: number,
  height: number,
): { readonly from: number; readonly rows: number }[] {
  return Array.from({ length: Math.ceil(order / height) }, (_, i) => ({
    from: i * height,
    rows: Math.min(height, order - i * height),
  }));
}

/** The blocks of a whole matrix, row-major [order, order], of which the lower triangle is read. */
export function blocksOf(matrix: Float64Array, order: number, height: number): SymmetricBlocks {
  const blocks = blockRanges(order, height).map(({ from, rows }) => {
    const width = from + rows;
    const values = new Float64Array(rows * width);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < width; j++) {
        const [row, column] = from + i >= j ? [from + i, j] : [j, from + i];
        values[i * width + j] = matrix[row * order + column];
      }
    }
    return { from, rows, values };
  });
  return { order, blocks };
}

/** The lower triangle as a whole matrix, row-major [order, order]; zero above the diagonal. */
export function lowerTriangle({ order, blocks }: SymmetricBlocks): Float64Array {
  const matrix = new Float64Array(order * order);
  for (const { from, rows, values } of blocks) {
    const width = from + rows;
    for (let i = 0; i < rows; i++) {
      matrix.set(values.subarray(i * width, i * width + from + i + 1), (from + i) * order);
    }
  }
  return matrix;
}
