import { InputError } from '../../errors/input-error.ts';
import { addGramOf } from '../../numerics/gram-matrix.ts';
import { powerOfTwoNear } from '../../numerics/symmetric-eigenvalues.ts';
import { centeredGram } from '../../spectra/centered-gram.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import { largestElement } from '../../spectra/matrix.ts';
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
  const units = representations.map((representation, i) => checkedUnit(representation, examples, i));
  const kernels = representations.map((representation, i) => debiasedKernel(representation, units[i]));
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
        return undetermined('a representation does not vary over the examples');
      }
      return determined(i === j ? 1 : product(i, j) / Math.sqrt(own) / Math.sqrt(others));
    }),
  );
}

/**
 * The upper triangle of the Gram matrix of a representation, "U-centered" (Székely & Rizzo 2014): inner products of two are
 * Song's HSIC₁ up to a factor.
 */
function debiasedKernel(matrix: Matrix, unit: number): Float64Array {
  // Centered beforehand, which changes nothing but rounding: a large common mean would drown the differences.
  const { gram, order: n } = centeredGram(matrix, 'samples', unit);
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

/** The unit that a representation is measured in. */
function checkedUnit(matrix: Matrix, examples: number, index: number): number {
  const field = `representation ${index}`;
  const { rows } = matrix;
  if (rows !== examples) {
    throw new InputError({ field, value: rows, allowed: `${examples} examples, as representation 0` });
  }
  if (rows < LEAST_EXAMPLES) {
    throw new InputError({ field, value: rows, allowed: `at least ${LEAST_EXAMPLES} examples` });
  }
  const size = largestElement(matrix);
  if ('notFinite' in size)
    throw new InputError({ field, value: size.notFinite, allowed: 'finite activations' });
  return size.largest === 0 ? 1 : powerOfTwoNear(size.largest);
}
