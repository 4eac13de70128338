import { InputError } from '../../errors/input-error.ts';
import { powerOfTwoNear } from '../../numerics/symmetric-eigenvalues.ts';
import { type CenteredGram, centeredGram } from '../../spectra/centered-gram.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import { largestElement } from '../../spectra/matrix.ts';
import type { Determined, Matrix } from '../../spectra/types.ts';

/** Fewest examples for which the debiased estimate is defined. */
const LEAST_EXAMPLES = 4;

/**
 * A representation seen from its examples: the lower triangle of its Gram matrix, row after row without the diagonal, "U-centered"
 * (Székely & Rizzo 2014). Inner products of two are Song's HSIC₁ up to a factor.
 */
export type SampleKernel = Float64Array;

/**
 * The centered Gram matrix of the examples, in a unit that keeps its digits (a power of two near the largest element).
 *
 * @param field what the representation is called in errors.
 * @throws InputError if there are fewer than 4 examples, or a value is not finite.
 */
export function sampleGram(matrix: Matrix, field: string): CenteredGram {
  checkExamples(matrix, field, matrix.rows);
  return centeredGram(matrix, 'samples', unitOf(matrix, field));
}

/**
 * @param gram over examples, at least 4. Centered beforehand, which changes nothing but rounding: a large common mean would drown
 *   the differences.
 */
export function debiasedKernel({ gram, order }: Pick<CenteredGram, 'gram' | 'order'>): SampleKernel {
  const kernel = new Float64Array((order * (order - 1)) / 2);
  debiasInto(kernel, gram, order);
  return kernel;
}

/** Sets `kernel` to the debiased kernel of a Gram matrix of which the lower triangle is given. */
export function debiasInto(kernel: Float64Array, gram: Float64Array, n: number): void {
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      sums[i] += gram[i * n + j];
      sums[j] += gram[i * n + j];
    }
  }
  const total = sums.reduce((sum, value) => sum + value, 0);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      kernel[at++] = gram[i * n + j] - (sums[i] + sums[j]) / (n - 2) + total / ((n - 1) * (n - 2));
    }
  }
}

/** Debiased linear CKA of two representations of the same examples. */
export function ckaOfKernels(one: SampleKernel, other: SampleKernel): Determined {
  const [own, others] = [inner(one, one), inner(other, other)];
  if (!(own > 0) || !(others > 0)) return undetermined(constant);
  return determined(one === other ? 1 : inner(one, other) / Math.sqrt(own) / Math.sqrt(others));
}

/** Why a representation is like no other. */
export const constant = 'a representation does not vary over the examples';

/** @throws InputError if a representation has other examples than `wanted`, or fewer than 4. */
export function checkExamples({ rows }: Matrix, field: string, wanted: number): void {
  if (rows !== wanted) {
    throw new InputError({ field, value: rows, allowed: `${wanted} examples, as representation 0` });
  }
  if (rows < LEAST_EXAMPLES) {
    throw new InputError({ field, value: rows, allowed: `at least ${LEAST_EXAMPLES} examples` });
  }
}

function unitOf(matrix: Matrix, field: string): number {
  const size = largestElement(matrix);
  if ('notFinite' in size)
    throw new InputError({ field, value: size.notFinite, allowed: 'finite activations' });
  return size.largest === 0 ? 1 : powerOfTwoNear(size.largest);
}

function inner(one: SampleKernel, other: SampleKernel): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}
