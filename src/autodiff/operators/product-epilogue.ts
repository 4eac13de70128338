import type { Attribute, Tensor } from '../tensor.ts';
import { add, scale } from './elementwise.ts';
import { type GemmOptions, gemm } from './matrix-product.ts';

/**
 * x times a number. A matrix product is multiplied while it is computed, which takes no pass of its own.
 *
 * @param x used nowhere else, or it is computed twice.
 */
export function scaleProduct(x: Tensor, factor: number): Tensor {
  return extended(x, (options) => ({ ...options, factor: factor * options.factor })) ?? scale(x, factor);
}

/**
 * x + term, of equal shapes. A matrix product is added to the term while it is computed.
 *
 * @param x used nowhere else, or it is computed twice.
 */
export function addToProduct(x: Tensor, term: Tensor): Tensor {
  return extended(x, (options) => ({ ...options, bias: term })) ?? add(term, x);
}

/** The same product with other options; null if x is none, or has a bias already. */
function extended(
  { source }: Tensor,
  change: (options: GemmOptions & { factor: number }) => GemmOptions,
): Tensor | null {
  if (source.kind !== 'node' || source.operator !== 'Gemm' || source.inputs.length !== 2) return null;
  const { transA, transB, alpha } = source.attributes;
  const [a, b] = source.inputs;
  return gemm(
    a,
    b,
    change({
      transposeA: isSet(transA),
      transposeB: isSet(transB),
      factor: (alpha as { float: number }).float,
    }),
  );
}

function isSet(attribute: Attribute): boolean {
  return 'int' in attribute && attribute.int === 1;
}
