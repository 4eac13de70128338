import { constant, operation, sizeOf, type Tensor } from '../tensor.ts';
import { reshape } from './broadcasting.ts';
import { asIndex, asReal, equal } from './elementwise.ts';
import { gemm } from './matrix-product.ts';

/**
 * Looks rows up in a table.
 *
 * @param table `[words, features]`.
 * @param ids whole numbers from 0 to words − 1, of any shape.
 * @returns `[...shape of ids, features]`.
 */
export function embedding(table: Tensor, ids: Tensor): Tensor {
  const [words, features] = table.shape;
  return operation('Gather', [table, asIndex(ids)], [...ids.shape, features], (dY) => {
    // A product with a table of ones: scattering sums into rows may lose updates when threads share a row.
    const count = sizeOf(ids.shape);
    const everyWord = constant(
      Float64Array.from({ length: words }, (_, word) => word),
      [1, words],
    );
    const isWord = asReal(equal(reshape(ids, [count, 1]), everyWord));
    return [gemm(isWord, reshape(dY, [count, features]), { transposeA: true }), null];
  });
}
