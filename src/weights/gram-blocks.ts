import type { MatrixProducts } from '../numerics/band/matrix-products.ts';
import { blockRanges, type SymmetricBlocks } from '../numerics/band/symmetric-blocks.ts';
import type { Matrix } from '../spectra/types.ts';

/** Rows of a block: enough for a product to run near the peak, few enough for its result to stay in cache. */
const BLOCK_ROWS = 512;
/** Elements of a panel that is widened to float64 at a time: 16 MB. */
const PANEL_ELEMENTS = 2 ** 21;
const SHORTEST_DEPTH = 128;

/**
 * The Gram matrix of a matrix over its shorter side, X Xᵀ or Xᵀ X, in blocks of its lower triangle. The matrix is widened
 * to float64 panel by panel, never as a whole.
 *
 * @param unit every element is divided by it; a power of two keeps that exact.
 */
export async function gramBlocks(
  matrix: Matrix,
  unit: number,
  products: MatrixProducts,
): Promise<SymmetricBlocks> {
  const { rows, columns } = matrix;
  const [order, depth] = rows <= columns ? [rows, columns] : [columns, rows];
  const blocks = blockRanges(order, BLOCK_ROWS).map((range) => ({
    ...range,
    values: new Float64Array(range.rows * (range.from + range.rows)),
  }));
  const step = Math.min(depth, Math.max(SHORTEST_DEPTH, Math.floor(PANEL_ELEMENTS / order)));
  const panel = new Float64Array(order * step);
  const product = new Float64Array(Math.max(0, ...blocks.map(({ values }) => values.length)));
  for (let from = 0; from < depth; from += step) {
    const width = Math.min(step, depth - from);
    const filled = panel.subarray(0, order * width);
    fillPanel(filled, matrix, from, width, 1 / unit);
    for (const block of blocks) {
      const reach = block.from + block.rows;
      const added = product.subarray(0, block.values.length);
      await products.multiply(
        { values: filled.subarray(block.from * width, reach * width), rows: block.rows, columns: width },
        { values: filled.subarray(0, reach * width), rows: reach, columns: width, transposed: true },
        added,
      );
      const { values } = block;
      for (let i = 0; i < values.length; i++) values[i] += added[i];
    }
  }
  return { order, blocks };
}

/** Sets a panel, row-major [order, width], to elements `from` … of every vector along the longer side. */
function fillPanel(
  panel: Float64Array,
  { data, rows, columns }: Matrix,
  from: number,
  width: number,
  scale: number,
): void {
  if (rows <= columns) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns + from;
      for (let c = 0; c < width; c++) panel[r * width + c] = data[start + c] * scale;
    }
    return;
  }
  for (let r = 0; r < width; r++) {
    const start = (from + r) * columns;
    for (let c = 0; c < columns; c++) panel[c * width + r] = data[start + c] * scale;
  }
}
