import { type BandMatrix, emptyBand } from './band-matrix.ts';
import { compactFactor, factorPanel } from './householder-panel.ts';
import type { Factor, MatrixProducts } from './matrix-products.ts';
import type { SymmetricBlocks } from './symmetric-blocks.ts';

/** The part of the matrix that is still to be reduced. */
interface Block {
  from: number;
  rows: number;
  values: Float64Array;
}

/**
 * Brings a symmetric matrix to band form with the same eigenvalues, a panel of `bandwidth` columns at a time: A ← Qᵀ A Q
 * with the Q of the panel's triangulation. Nearly all of the arithmetic is products of large matrices (Dongarra, Sorensen
 * & Hammarling 1989; Bischof, Lang & Sun 2000), which run near the processor's peak where one reflection at a time waits
 * for memory.
 *
 * @param matrix is overwritten: its blocks are no longer a matrix afterwards. Elements near 1 in size at most.
 * @param bandwidth at least 1.
 */
export async function reduceToBand(
  { order, blocks: given }: SymmetricBlocks,
  bandwidth: number,
  products: MatrixProducts,
): Promise<BandMatrix> {
  const band = emptyBand(order, bandwidth);
  let blocks: Block[] = given.map((block) => ({ ...block }));
  let done = 0;
  while (order - done > bandwidth + 1) {
    const height = order - done - bandwidth;
    const columns = new Float64Array(bandwidth * height);
    for (const block of blocks) takeColumns(block, bandwidth, band, done, columns, height);
    blocks = blocks.filter(({ rows }) => rows > 0);
    const { factors, triangle } = factorPanel(columns, bandwidth, height);
    for (let i = 0; i < Math.min(bandwidth, height); i++) {
      for (let j = i; j < bandwidth; j++) {
        band.values[(done + j) * band.kept + bandwidth + i - j] = triangle[i * bandwidth + j];
      }
    }
    await applyReflections(blocks, { transposed: columns, factors, height }, products);
    done += bandwidth;
  }
  for (const block of blocks) copyRest(block, band, done);
  return band;
}

/**
 * Takes the first `width` columns of a block away: rows of the first `width` go to the band, with nothing of them left in
 * the block; the others to the panel, transposed.
 */
function takeColumns(
  block: Block,
  width: number,
  band: BandMatrix,
  done: number,
  panel: Float64Array,
  height: number,
): void {
  const { from, rows, values } = block;
  const stride = from + rows;
  const left = Math.max(0, stride - width);
  let kept = 0;
  for (let i = 0; i < rows; i++) {
    const row = from + i;
    const start = i * stride;
    if (row < width) {
      for (let j = 0; j <= row; j++) band.values[(done + j) * band.kept + row - j] = values[start + j];
      continue;
    }
    for (let j = 0; j < width; j++) panel[j * height + row - width] = values[start + j];
    values.copyWithin(kept * left, start + width, start + stride);
    kept++;
  }
  block.from = Math.max(0, from - width);
  block.rows = kept;
  block.values = values.subarray(0, kept * left);
}

/** A ← Qᵀ A Q, with Q = I − V T Vᵀ: A − V Wᵀ − W Vᵀ where P = A V T and W = P − ½ V Tᵀ Vᵀ P. */
async function applyReflections(
  blocks: readonly Block[],
  { transposed, factors, height }: { transposed: Float64Array; factors: Float64Array; height: number },
  products: MatrixProducts,
): Promise<void> {
  const width = factors.length;
  const vt: Factor = { values: transposed, rows: width, columns: height };
  const square = (): Float64Array => new Float64Array(width * width);
  const tall = (): Float64Array => new Float64Array(width * height);

  const gram = square();
  await products.multiply(vt, { ...vt, transposed: true }, gram);
  const t: Factor = { values: compactFactor(factors, gram), rows: width, columns: width };
  const v = transpose(vt);
  const av = await timesSymmetric(blocks, v, width, products);
  const p: Factor = { values: tall(), rows: height, columns: width };
  await products.multiply({ values: av, rows: height, columns: width }, t, p.values);
  const vtp = square();
  await products.multiply(vt, p, vtp);
  const x: Factor = { values: square(), rows: width, columns: width };
  await products.multiply({ ...t, transposed: true }, { values: vtp, rows: width, columns: width }, x.values);
  for (let i = 0; i < x.values.length; i++) x.values[i] *= -0.5;
  const w = tall();
  await products.multiply({ values: v, rows: height, columns: width }, x, w, p.values);

  const both = sideBySide(v, w, width, 1);
  const swapped = sideBySide(w, v, width, -1);
  const pair = 2 * width;
  let updated = new Float64Array(0);
  for (const block of blocks) {
    const reach = block.from + block.rows;
    if (updated.length < block.values.length) updated = new Float64Array(block.values.length);
    const target = updated.subarray(0, block.values.length);
    await products.multiply(
      { values: swapped.subarray(block.from * pair, reach * pair), rows: block.rows, columns: pair },
      { values: both.subarray(0, reach * pair), rows: reach, columns: pair, transposed: true },
      target,
      block.values,
    );
    block.values.set(target);
  }
}

/** A V, row-major [height, width], of the symmetric A in blocks: each block serves its rows and, mirrored, its columns. */
async function timesSymmetric(
  blocks: readonly Block[],
  v: Float64Array,
  width: number,
  products: MatrixProducts,
): Promise<Float64Array> {
  const sum = new Float64Array(v.length);
  for (const { from, rows, values } of blocks) {
    const reach = from + rows;
    const block: Factor = { values, rows, columns: reach };
    const own = new Float64Array(rows * width);
    await products.multiply(
      block,
      { values: v.subarray(0, reach * width), rows: reach, columns: width },
      own,
    );
    for (let i = 0; i < own.length; i++) sum[from * width + i] += own[i];
    if (from === 0) continue;
    const mirrored = new Float64Array(reach * width);
    await products.multiply(
      { ...block, transposed: true },
      { values: v.subarray(from * width, reach * width), rows, columns: width },
      mirrored,
    );
    // The square on the diagonal has served its rows whole.
    for (let i = 0; i < from * width; i++) sum[i] += mirrored[i];
  }
  return sum;
}

function transpose({ values, rows, columns }: Factor): Float64Array {
  const turned = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = values[i * columns + j];
  }
  return turned;
}

/** [a | b] times a factor, row-major [height, 2 width]. */
function sideBySide(a: Float64Array, b: Float64Array, width: number, factor: number): Float64Array {
  const both = new Float64Array(2 * a.length);
  for (let i = 0; i < a.length; i += width) {
    for (let j = 0; j < width; j++) {
      both[2 * i + j] = factor * a[i + j];
      both[2 * i + width + j] = factor * b[i + j];
    }
  }
  return both;
}

/** What is left when it lies within the band as it stands. */
function copyRest({ from, rows, values }: Block, band: BandMatrix, done: number): void {
  const stride = from + rows;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= from + i; j++) {
      band.values[(done + j) * band.kept + from + i - j] = values[i * stride + j];
    }
  }
}
