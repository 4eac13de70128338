import { addGramOf } from '../../numerics/gram-matrix.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined, Matrix } from '../../spectra/types.ts';
import { checkExamples, constant, debiasedKernel, type SampleKernel, sampleGram } from './sample-kernel.ts';

/**
 * How similar two representations of the same examples are: linear CKA (centered kernel alignment), debiased. 1 for representations
 * that are the same up to rotation and scale; 0 on average for unrelated ones, whatever their widths, so that it may come
 * out slightly negative. (The estimate without the correction tends to 1 as the width grows beyond the number of examples.)
 *
 * @param one `[examples, features]`, the same examples in the same order; at least 4.
 * @param other of the same examples; features may differ.
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
  const kernels = representations.map((matrix, i) => {
    const field = `representation ${i}`;
    checkExamples(matrix, field, examples);
    return debiasedKernel(sampleGram(matrix, field));
  });
  return ckaOfAll(kernels, examples);
}

function ckaOfAll(kernels: readonly SampleKernel[], examples: number): Determined[][] {
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
  return normalized(products, count);
}

/**
 * @param products row-major `[count, count]`, inner products of the kernels; only the lower triangle is read.
 */
export function normalized(products: Float64Array, count: number): Determined[][] {
  const product = (i: number, j: number): number => products[Math.max(i, j) * count + Math.min(i, j)];
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j): Determined => {
      const [own, others] = [product(i, i), product(j, j)];
      if (!(own > 0) || !(others > 0)) return undetermined(constant);
      return determined(i === j ? 1 : product(i, j) / Math.sqrt(own) / Math.sqrt(others));
    }),
  );
}
