import { blockedEigenvalues } from '../numerics/band/blocked-eigenvalues.ts';
import type { MatrixProducts } from '../numerics/band/matrix-products.ts';
import { powerOfTwoNear } from '../numerics/symmetric-eigenvalues.ts';
import { largestElement } from '../spectra/matrix.ts';
import { countReliable } from '../spectra/spectrum.ts';
import type { Matrix, Spectrum } from '../spectra/types.ts';
import { gramBlocks } from './gram-blocks.ts';

/**
 * The singular values of a weight matrix of any size, uncentered, as `spectrumOf` gives them: the square roots of the
 * eigenvalues of the smaller Gram matrix, in float64. Each is within 1e-7·σ₁ of a full singular value decomposition, and
 * those above 1e-3·σ₁ within a relative 1e-9; below 1e-6·σ₁ they carry no digits and are not counted in `reliable`.
 *
 * @example
 * const spectrum = await weightSpectrum({ data: weights, rows: 256, columns: 512 }, runtimeProducts(2));
 * spectrum.singularValues.length // 256
 */
export async function weightSpectrum(matrix: Matrix, products: MatrixProducts): Promise<Spectrum> {
  const { rows, columns } = matrix;
  const facts = {
    samples: rows,
    features: columns,
    centering: 'none' as const,
    rowFourthMoment: fourthMoment(matrix),
  };
  const size = largestElement(matrix);
  if ('notFinite' in size || rows === 0 || columns === 0) {
    return {
      ...facts,
      singularValues: new Float64Array(Math.min(rows, columns)).fill(Number.NaN),
      reliable: 0,
      undetermined:
        'notFinite' in size ? size.notFinite : `the matrix is empty (${rows} rows, ${columns} columns)`,
    };
  }
  const unit = size.largest === 0 ? 1 : powerOfTwoNear(size.largest);
  const singularValues = await blockedEigenvalues(await gramBlocks(matrix, unit, products), products);
  for (let i = 0; i < singularValues.length; i++) {
    // Rounding leaves zero eigenvalues slightly negative.
    singularValues[i] = Math.sqrt(Math.max(0, singularValues[i])) * unit;
  }
  return { ...facts, singularValues, reliable: countReliable(singularValues) };
}

/** Σ‖row − mean‖⁴ over the centered rows, which every logged spectrum has. */
function fourthMoment({ data, rows, columns }: Matrix): number {
  const means = new Float64Array(columns);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) means[c] += data[r * columns + c] / rows;
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    let square = 0;
    for (let c = 0; c < columns; c++) square += (data[r * columns + c] - means[c]) ** 2;
    sum += square * square;
  }
  return sum;
}
