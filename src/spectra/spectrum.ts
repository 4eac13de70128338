import { powerOfTwoNear, symmetricEigenvalues } from '../numerics/symmetric-eigenvalues.ts';
import { centeredGram, rawGram } from './centered-gram.ts';
import { checkShape, largestElement } from './matrix.ts';
import type { Centering, Matrix, Spectrum } from './types.ts';

/** Singular values below this share of σ₁ are lost to rounding in the Gram matrix. */
export const RELIABLE_FROM = 1e-6;

/** Both spectra of one matrix. */
export interface Spectra {
  readonly centered: Spectrum;
  readonly raw: Spectrum;
}

/**
 * The singular values of a [P samples, Q features] matrix in float64, with column means subtracted unless asked
 * otherwise.
 *
 * They are the square roots of the eigenvalues of the smaller Gram matrix. Values above 1e-3·σ₁ are within a relative
 * 1e-9 of a full singular value decomposition; below 1e-6·σ₁ they carry no digits and are not counted in `reliable`.
 * A matrix with NaN or an infinity, or without elements, gives a spectrum that says why it is undetermined.
 *
 * @throws InputError if the shape and the data contradict each other.
 * @example
 * spectrumOf({ data: Float32Array.of(3, 0, 0, 4), rows: 2, columns: 2 }, { centering: 'none' }).singularValues; // [4, 3]
 */
export function spectrumOf(matrix: Matrix, options: { readonly centering?: Centering } = {}): Spectrum {
  const centering = options.centering ?? 'columns';
  return spectraFor(matrix, [centering])[0];
}

/**
 * The centered and the raw spectrum of one matrix. The Gram matrix is summed once for both; each result equals that of
 * `spectrumOf` to the last bit.
 *
 * @throws InputError if the shape and the data contradict each other.
 * @example
 * const { centered, raw } = spectraOf({ data: activations, rows: 160, columns: 64 });
 */
export function spectraOf(matrix: Matrix): Spectra {
  const [centered, raw] = spectraFor(matrix, ['columns', 'none']);
  return { centered, raw };
}

function spectraFor(matrix: Matrix, centerings: readonly Centering[]): Spectrum[] {
  checkShape(matrix);
  const { rows, columns } = matrix;
  const shape = { samples: rows, features: columns };
  const size = largestElement(matrix);
  if ('notFinite' in size || rows === 0 || columns === 0) {
    const undetermined =
      'notFinite' in size ? size.notFinite : `the matrix is empty (${rows} samples, ${columns} features)`;
    const singularValues = new Float64Array(Math.min(rows, columns)).fill(Number.NaN);
    const rowFourthMoment = Number.NaN;
    return centerings.map((centering) => ({
      ...shape,
      centering,
      singularValues,
      reliable: 0,
      rowFourthMoment,
      undetermined,
    }));
  }

  const unit = size.largest === 0 ? 1 : powerOfTwoNear(size.largest);
  const side = rows < columns ? 'samples' : 'features';
  const centered = centeredGram(matrix, side, unit);
  let fourth = 0;
  for (const square of centered.rowSquares) fourth += square * square;
  const rowFourthMoment = fourth * unit * unit * unit * unit;

  return centerings.map((centering) => {
    const gram = centering === 'columns' ? centered.gram : rawGram(centered);
    const singularValues = symmetricEigenvalues(gram, centered.order);
    for (let i = 0; i < singularValues.length; i++) {
      // Rounding leaves zero eigenvalues slightly negative.
      singularValues[i] = Math.sqrt(Math.max(0, singularValues[i])) * unit;
    }
    // Centered rows sum to zero, so P of them span P − 1 directions at most: the last value is zero, not rounding.
    if (centering === 'columns' && rows <= columns) singularValues[rows - 1] = 0;
    return { ...shape, centering, singularValues, reliable: countReliable(singularValues), rowFourthMoment };
  });
}

/** How many leading singular values, descending, carry digits. */
export function countReliable(singularValues: Float64Array): number {
  const limit = singularValues[0] * RELIABLE_FROM;
  if (limit === 0) return 0;
  let reliable = 0;
  while (reliable < singularValues.length && singularValues[reliable] >= limit) reliable++;
  return reliable;
}
