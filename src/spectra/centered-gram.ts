import { addGramOf } from '../numerics/gram-matrix.ts';
import type { Matrix } from './types.ts';

/** The matrix elements summed in one go; 128 columns of 160 rows are 160 KB, within the second-level cache. */
const PANEL_WIDTH = 128;

/** Inner products of a matrix X whose column means m were subtracted: Xc = X − 1 mᵀ. */
export interface CenteredGram {
  /** Row-major [order, order], lower triangle: Xc Xcᵀ over samples, or Xcᵀ Xc over features. */
  readonly gram: Float64Array;
  readonly order: number;
  readonly side: 'samples' | 'features';
  /** m, one per feature. */
  readonly means: Float64Array;
  /** ‖row of Xc‖², one per sample. */
  readonly rowSquares: Float64Array;
  /** Xc m, one per sample. */
  readonly rowProjections: Float64Array;
}

/**
 * The Gram matrix of a column-centered matrix, over samples [P, P] or features [Q, Q]; both have the same non-zero
 * eigenvalues. The matrix is centered in float64, panel by panel, and never copied whole.
 *
 * @param matrix finite elements.
 * @param unit every element is divided by it first; a power of two keeps that exact.
 */
export function centeredGram(matrix: Matrix, side: 'samples' | 'features', unit: number): CenteredGram {
  const { rows, columns } = matrix;
  const sums = {
    means: columnMeans(matrix, unit),
    rowSquares: new Float64Array(rows),
    rowProjections: new Float64Array(rows),
  };
  const [order, depth] = side === 'samples' ? [rows, columns] : [columns, rows];
  const gram = new Float64Array(order * order);

  for (let from = 0; from < depth; from += PANEL_WIDTH) {
    const width = Math.min(PANEL_WIDTH, depth - from);
    addGramOf(gram, order, width, (panel, stride) => {
      const part =
        side === 'samples'
          ? { firstRow: 0, endRow: rows, firstColumn: from, endColumn: from + width }
          : { firstRow: from, endRow: from + width, firstColumn: 0, endColumn: columns };
      const [rowStep, columnStep] = side === 'samples' ? [stride, 1] : [1, stride];
      fillCentered({ panel, rowStep, columnStep }, matrix, part, unit, sums);
    });
  }
  return { gram, order, side, ...sums };
}

/** Sets a panel to a part of the centered matrix, and adds up its rows. */
function fillCentered(
  { panel, rowStep, columnStep }: { panel: Float64Array; rowStep: number; columnStep: number },
  { data, columns }: Matrix,
  {
    firstRow,
    endRow,
    firstColumn,
    endColumn,
  }: Readonly<Record<'firstRow' | 'endRow' | 'firstColumn' | 'endColumn', number>>,
  unit: number,
  { means, rowSquares, rowProjections }: Pick<CenteredGram, 'means' | 'rowSquares' | 'rowProjections'>,
): void {
  const scale = 1 / unit;
  for (let r = firstRow; r < endRow; r++) {
    let square = 0;
    let projection = 0;
    let at = (r - firstRow) * rowStep;
    for (let c = firstColumn; c < endColumn; c++) {
      const mean = means[c];
      const value = data[r * columns + c] * scale - mean;
      panel[at] = value;
      at += columnStep;
      square += value * value;
      projection += value * mean;
    }
    rowSquares[r] += square;
    rowProjections[r] += projection;
  }
}

/**
 * The Gram matrix of the uncentered X from that of the centered Xc.
 *
 * Adding the mean back never cancels: every term is at most of the size of the result, so its rounding errors are
 * those of a Gram matrix summed from X itself. (The other direction, subtracting the mean from the raw Gram matrix,
 * loses all digits where the mean dominates.)
 */
export function rawGram({ gram, order, side, means, rowProjections }: CenteredGram): Float64Array {
  const raw = new Float64Array(gram.length);
  let meanSquare = 0;
  if (side === 'samples') for (const mean of means) meanSquare += mean * mean;
  const samples = rowProjections.length;
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const at = i * order + j;
      raw[at] =
        side === 'samples'
          ? gram[at] + (rowProjections[i] + rowProjections[j]) + meanSquare
          : gram[at] + samples * means[i] * means[j];
    }
  }
  return raw;
}

/**
 * Column means of the scaled matrix, each as the first row's element plus the mean difference from it: exact for a
 * constant column, which then centers to exactly zero, and accurate where the mean dominates.
 */
function columnMeans({ data, rows, columns }: Matrix, unit: number): Float64Array {
  const means = new Float64Array(columns);
  const scale = 1 / unit;
  for (let r = 1; r < rows; r++) {
    const row = r * columns;
    for (let c = 0; c < columns; c++) means[c] += (data[row + c] - data[c]) * scale;
  }
  for (let c = 0; c < columns; c++) means[c] = data[c] * scale + means[c] / rows;
  return means;
}
