import { powerOfTwoNear, symmetricEigenvalues } from '../symmetric-eigenvalues.ts';
import { tridiagonalEigenvalues } from '../tridiagonal-eigenvalues.ts';
import { bandToTridiagonal } from './band-to-tridiagonal.ts';
import type { MatrixProducts } from './matrix-products.ts';
import { reduceToBand } from './reduce-to-band.ts';
import { lowerTriangle, type SymmetricBlocks } from './symmetric-blocks.ts';

/** Up to here the matrix stays in the processor's cache, and one reflection at a time is faster. */
const LARGEST_IN_CACHE = 1536;
/** Wide enough for products to run near the peak; the chase through the band grows with it. */
const BANDWIDTH = 48;

/**
 * All eigenvalues of a large symmetric matrix, descending, each with an absolute error of a few units of rounding of the
 * largest one: by way of a band matrix where the matrix is larger than a processor's cache, else as `symmetricEigenvalues`.
 *
 * @param matrix finite elements; is overwritten.
 * @param options.bandwidth of the band matrix; given, the way by it is taken whatever the order.
 * @example
 * await blockedEigenvalues(blocksOf(Float64Array.of(2, 0, 1, 2), 2, 2), plainProducts); // [3, 1]
 */
export async function blockedEigenvalues(
  matrix: SymmetricBlocks,
  products: MatrixProducts,
  { bandwidth }: { readonly bandwidth?: number } = {},
): Promise<Float64Array> {
  const { order, blocks } = matrix;
  if (bandwidth === undefined && order <= LARGEST_IN_CACHE) {
    return symmetricEigenvalues(lowerTriangle(matrix), order);
  }
  let largest = 0;
  for (const { values } of blocks) {
    for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  }
  if (!(largest < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the matrix holds elements of size ${largest}; allowed: finite numbers`);
  }
  if (largest === 0) return new Float64Array(order);
  const unit = powerOfTwoNear(largest);
  for (const { values } of blocks) for (let i = 0; i < values.length; i++) values[i] /= unit;
  const band = await reduceToBand(matrix, bandwidth ?? BANDWIDTH, products);
  const eigenvalues = tridiagonalEigenvalues(bandToTridiagonal(band));
  for (let i = 0; i < order; i++) eigenvalues[i] *= unit;
  return eigenvalues;
}
