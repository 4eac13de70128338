import { useSymmetricKernel } from './symmetric-kernel.ts';

/** Rows of a tile of the Gram matrix that is computed at once. */
const TILE = 3;

/**
 * Adds the inner products of the rows of a panel to a Gram matrix: `gram[i][j] += panel[i] · panel[j]` for j <= i.
 *
 * A matrix of any width is summed panel by panel, so that each panel stays in the processor's cache and rounding
 * errors of long sums stay small. Only the lower triangle is written.
 *
 * @param gram row-major [order, order]; its lower triangle is added to.
 * @param order rows of the panel.
 * @param panel row-major [order, width]; longer arrays are allowed, their tail is ignored.
 * @param width columns of the panel.
 * @example
 * const gram = new Float64Array(4);
 * addGram(gram, 2, Float64Array.of(1, 2, 3, 4), 2); // gram is [5, 0, 11, 25]
 */
export function addGram(gram: Float64Array, order: number, panel: Float64Array, width: number): void {
  addGramOf(gram, order, width, (target, stride) => {
    for (let i = 0; i < order; i++) target.set(panel.subarray(i * width, (i + 1) * width), i * stride);
  });
}

/**
 * As `addGram`, of a panel that is filled in place, which spares its copy.
 *
 * @param fill sets the first `width` of each row of a panel of zeros, row-major [order, stride]; must not keep it.
 */
export function addGramOf(
  gram: Float64Array,
  order: number,
  width: number,
  fill: (panel: Float64Array, stride: number) => void,
): void {
  // Rows of zeros fill up the last tile, a column of zeros the last pair.
  const rows = Math.ceil(order / TILE) * TILE;
  const stride = width + (width % 2);
  useSymmetricKernel(rows * stride + TILE * rows, (kernel) => {
    const panel = kernel.allocate(rows * stride).fill(0);
    const products = kernel.allocate(TILE * rows);
    fill(panel, stride);
    const tileBytes = TILE * stride * panel.BYTES_PER_ELEMENT;
    for (let first = 0; first < order; first += TILE) {
      const x = panel.byteOffset + (first / TILE) * tileBytes;
      for (let j = 0; j <= first; j += TILE) {
        const y = panel.byteOffset + (j / TILE) * tileBytes;
        const out = products.byteOffset + j * products.BYTES_PER_ELEMENT;
        kernel.innerProducts(x, y, stride, out, rows);
      }
      for (let i = first; i < Math.min(first + TILE, order); i++) {
        const from = (i - first) * rows;
        for (let j = 0; j <= i; j++) gram[i * order + j] += products[from + j];
      }
    }
  });
}
