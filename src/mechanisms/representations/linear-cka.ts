import { InputError } from '../../errors/input-error.ts';
import { addGramOf } from '../../numerics/gram-matrix.ts';
import type { Determined, Matrix } from '../../spectra/types.ts';

/** Fewest examples for which the debiased estimate is defined. */
const LEAST_EXAMPLES = 4;

/**
 * How similar two representations of the same examples are: linear CKA (centered kernel alignment), debiased. 1 for representations
 * that are the same up to rotation and scale; 0 on average for unrelated ones, whatever their widths, so that it may come
 * out slightly negative. (The estimate without the correction tends to 1 as the width grows beyond the number of examples.)
 *
 * @param one, other `[examples, features]`, the same examples in the same order; at least 4.
 * @throws InputError if the examples differ in number, are fewer than 4, or a value is not finite.
 * Source: Kornblith et al. 2019, *Similarity of neural network representations revisited*; debiased: Song et al. 2012's HSIC₁.
 * @example
 * const one = { data: Float64Array.of(1, 2, 4, 7, 3), rows: 5, columns: 1 };
 * const other = { data: Float64Array.of(2, 4, 8, 14, 6), rows: 5, columns: 1 };
 * linearCka(one, other) // { determined: true, value: 1 }
 */
export function linearCka(one: Matrix, other: Matrix): Determined {
  return ckaMatrix([one, other])[0][1];
}

/**
 * Linear CKA, debiased, of every representation with every other: every checkpoint × every checkpoint, every layer × every
 * layer. Each Gram matrix is taken once; all comparisons are then one product.
 *
 * @param representations `[examples, features]` each, the same examples in the same order; features may differ.
 * @returns `[i][j]`, symmetric; undetermined where one does not vary over the examples.
 * @throws InputError as `linearCka`, naming the representation.
 */
export function ckaMatrix(representations: readonly Matrix[]): Determined[][] {
  const examples = representations[0]?.rows ?? 0;
  for (const [i, representation] of representations.entries()) check(representation, examples, i);
  const kernels = representations.map(debiasedKernel);
  const count = kernels.length;
  const products = new Float64Array(count * count);
  const width = (examples * (examples - 1)) / 2;
  // Panels that fit the processor's cache.
  const panel = Math.max(64, Math.floor(100_000 / Math.max(1, count)));
  for (let start = 0; start < width; start += panel) {
    const end = Math.min(start + panel, width);
    addGramOf(products, count, end - start, (target, stride) => {
      for (const [i, kernel] of kernels.entries()) target.set(kernel.subarray(start, end), i * stride);
    });
  }
  const product = (i: number, j: number): number => products[Math.max(i, j) * count + Math.min(i, j)];
  return kernels.map((_, i) =>
    kernels.map((_, j): Determined => {
      const [own, others] = [product(i, i), product(j, j)];
      if (!(own > 0) || !(others > 0)) {
        return { determined: false, reason: 'a representation does not vary over the examples' };
      }
      return { determined: true, value: i === j ? 1 : product(i, j) / Math.sqrt(own) / Math.sqrt(others) };
    }),
  );
}

/**
 * The upper triangle of the Gram matrix of a representation, "U-centered" (Székely & Rizzo 2014): inner products of two are
 * Song's HSIC₁ up to a factor.
 */
function debiasedKernel({ data, rows: n, columns }: Matrix): Float64Array {
  const unit = Math.max(Number.MIN_VALUE, largestSize(data));
  const gram = new Float64Array(n * n);
  const panel = Math.max(16, Math.floor(50_000 / n));
  const means = new Float64Array(columns);
  for (let i = 0; i < n; i++) for (let j = 0; j < columns; j++) means[j] += data[i * columns + j] / unit / n;
  // Centered beforehand, which changes nothing but rounding: a large common mean would drown the differences.
  for (let start = 0; start < columns; start += panel) {
    const end = Math.min(start + panel, columns);
    addGramOf(gram, n, end - start, (target, stride) => {
      for (let i = 0; i < n; i++) {
        for (let j = start; j < end; j++)
          target[i * stride + j - start] = data[i * columns + j] / unit - means[j];
      }
    });
  }
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      sums[i] += gram[i * n + j];
      sums[j] += gram[i * n + j];
    }
  }
  const total = sums.reduce((sum, value) => sum + value, 0);
  const kernel = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      kernel[at++] = gram[i * n + j] - (sums[i] + sums[j]) / (n - 2) + total / ((n - 1) * (n - 2));
    }
  }
  return kernel;
}

function largestSize(data: Matrix['data']): number {
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  return largest;
}

function check({ data, rows }: Matrix, examples: number, index: number): void {
  const field = `representation ${index}`;
  if (rows !== examples) {
    throw new InputError({ field, value: rows, allowed: `${examples} examples, as representation 0` });
  }
  if (rows < LEAST_EXAMPLES) {
    throw new InputError({ field, value: rows, allowed: `at least ${LEAST_EXAMPLES} examples` });
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new InputError({ field, value: data[bad], allowed: 'finite activations' });
}
