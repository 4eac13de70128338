import type { Random } from '../numerics/random.ts';
import { randomOrthogonal } from '../numerics/random-orthogonal.ts';
import type { Initialization, SingularVectors } from './parameter.ts';

/**
 * Fills a matrix `[rows, columns]` with Σ s_k l_k r_kᵀ, of its singular values s and vectors l, r.
 *
 * @param random singular vectors of one name are the same for all who ask for them.
 */
export function fillFromModes(
  data: Float32Array,
  [rows, columns]: readonly number[],
  { singularValues, left, right }: Extract<Initialization, { kind: 'modes' }>,
  random: Random,
): void {
  const vectors = (given: SingularVectors, size: number): Float64Array =>
    typeof given === 'string' ? randomOrthogonal(size, random.fork(given)) : given;
  const [l, r] = [vectors(left, rows), vectors(right, columns)];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      singularValues.forEach((s, k) => {
        sum += l[i * rows + k] * s * r[j * columns + k];
      });
      data[i * columns + j] = sum;
    }
  }
}
