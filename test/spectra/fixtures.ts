import { createRandom } from '../../src/numerics/random.ts';
import type { Determined, Matrix } from '../../src/spectra/types.ts';

/** Independent standard normal elements; `scale` multiplies column j, `offset` is added to every element. */
export function gaussianMatrix(
  rows: number,
  columns: number,
  seed: string | number,
  { scale = (_: number): number => 1, offset = 0 } = {},
): Matrix {
  const rng = createRandom(seed);
  const data = Float64Array.from(
    { length: rows * columns },
    (_, i) => rng.normal() * scale(i % columns) + offset,
  );
  return { data, rows, columns };
}

export function matrixFrom(rows: readonly (readonly number[])[]): Matrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]?.length ?? 0 };
}

export function mapElements(
  { data, rows, columns }: Matrix,
  element: (value: number, row: number, column: number) => number,
): Matrix {
  const mapped = Float64Array.from(data, (value, i) => element(value, Math.floor(i / columns), i % columns));
  return { data: mapped, rows, columns };
}

export function transposed({ data, rows, columns }: Matrix): Matrix {
  const turned = Float64Array.from(
    { length: data.length },
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)],
  );
  return { data: turned, rows: columns, columns: rows };
}

/** X (I − 2 v vᵀ / vᵀv): the same samples in a mirrored coordinate system. */
export function reflected(matrix: Matrix, seed: string | number): Matrix {
  const rng = createRandom(seed);
  const { data, columns } = matrix;
  const v = Float64Array.from({ length: columns }, () => rng.normal());
  const square = v.reduce((sum, value) => sum + value * value, 0);
  const along = Float64Array.from({ length: matrix.rows }, (_, r) =>
    v.reduce((sum, value, c) => sum + value * data[r * columns + c], 0),
  );
  return mapElements(matrix, (value, r, c) => value - (2 * along[r] * v[c]) / square);
}

/** The value, or a failure that names the reason why there is none. */
export function determinedValue(result: Determined): number {
  if (!result.determined) throw new Error(`not determined: ${result.reason}`);
  return result.value;
}

export function reasonOf(result: Determined): string {
  if (result.determined) throw new Error(`determined: ${result.value}`);
  return result.reason;
}

/** Largest |a − b| over the largest |b|. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const size = b.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0) / (size || 1);
}
