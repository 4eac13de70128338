import type { SymmetricOperator } from '../../src/landscape/symmetric-operator.ts';

/** The product with a dense row-major symmetric matrix, and how many were taken. */
export function operatorOf(
  matrix: Float64Array,
  order: number,
): { apply: SymmetricOperator; products: () => number } {
  let products = 0;
  const apply: SymmetricOperator = async (v) => {
    products++;
    return times(matrix, v, order);
  };
  return { apply, products: () => products };
}

export function times(matrix: Float64Array, v: Float64Array, order: number): Float64Array {
  return Float64Array.from({ length: order }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < order; j++) sum += matrix[i * order + j] * v[j];
    return sum;
  });
}

/** The result, or a failure that names the reason why there is none. */
export function found<Result extends { readonly determined: boolean }>(
  result: Result | { readonly determined: false; readonly reason: string },
): Extract<Result, { determined: true }> {
  if ('reason' in result) throw new Error(`not determined: ${result.reason}`);
  return result as Extract<Result, { determined: true }>;
}
