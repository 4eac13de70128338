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
  const last = order - 1;
  // Tiles of 3 × 3: nine sums and six factors are what fits in sixteen registers. A tile that hangs over the edge
  // repeats the last row and drops what it computed there.
  for (let i = 0; i < order; i += 3) {
    const x0 = i * width;
    const x1 = Math.min(i + 1, last) * width;
    const x2 = Math.min(i + 2, last) * width;
    for (let j = 0; j <= i; j += 3) {
      const y0 = j * width;
      const y1 = Math.min(j + 1, last) * width;
      const y2 = Math.min(j + 2, last) * width;
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s20 = 0;
      let s21 = 0;
      let s22 = 0;
      for (let k = 0; k < width; k++) {
        const a0 = panel[x0 + k];
        const a1 = panel[x1 + k];
        const a2 = panel[x2 + k];
        const b0 = panel[y0 + k];
        const b1 = panel[y1 + k];
        const b2 = panel[y2 + k];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
      }
      addTileRow(gram, order, i, j, s00, s01, s02);
      addTileRow(gram, order, i + 1, j, s10, s11, s12);
      addTileRow(gram, order, i + 2, j, s20, s21, s22);
    }
  }
}

function addTileRow(
  gram: Float64Array,
  order: number,
  row: number,
  column: number,
  s0: number,
  s1: number,
  s2: number,
): void {
  if (row >= order) return;
  const at = row * order + column;
  gram[at] += s0;
  if (column + 1 <= row) gram[at + 1] += s1;
  if (column + 2 <= row) gram[at + 2] += s2;
}
