import { powerOfTwoNear, symmetricEigenvalues } from '../numerics/symmetric-eigenvalues.ts';
import { centredGram, rawGram } from './centred-gram.ts';
import { checkShape, largestElement } from './matrix.ts';
import type { Centring, Matrix, Spectrum } from './types.ts';

/** Singular values below this share of σ₁ are lost to rounding in the Gram matrix. */
export const RELIABLE_FROM = 1e-6;

/** Both spectra of one matrix. */
export interface Spectra {
  readonly centred: Spectrum;
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
 * spectrumOf({ data: Float32Array.of(3, 0, 0, 4), rows: 2, columns: 2 }, { centring: 'none' }).singularValues; // [4, 3]
 */
export function spectrumOf(matrix: Matrix, options: { readonly centring?: Centring } = {}): Spectrum {
  const centring = options.centring ?? 'columns';
  return spectraFor(matrix, [centring])[0];
}

/**
 * The centred and the raw spectrum of one matrix. The Gram matrix is summed once for both; each result equals that of
 * `spectrumOf` to the last bit.
 *
 * @throws InputError if the shape and the data contradict each other.
 * @example
 * const { centred, raw } = spectraOf({ data: activations, rows: 160, columns: 64 });
 */
export function spectraOf(matrix: Matrix): Spectra {
  const [centred, raw] = spectraFor(matrix, ['columns', 'none']);
  return { centred, raw };
}

function spectraFor(matrix: Matrix, centrings: readonly Centring[]): Spectrum[] {
  checkShape(matrix);
  const { rows, columns } = matrix;
  const shape = { samples: rows, features: columns };
  const size = largestElement(matrix);
  if ('notFinite' in size || rows === 0 || columns === 0) {
    const undetermined =
      'notFinite' in size ? size.notFinite : `the matrix is empty (${rows} samples, ${columns} features)`;
    const singularValues = new Float64Array(Math.min(rows, columns)).fill(Number.NaN);
    const rowFourthMoment = Number.NaN;
    return centrings.map((centring) => ({
      ...shape,
      centring,
      singularValues,
      reliable: 0,
      rowFourthMoment,
      undetermined,
    }));
  }

  const unit = size.largest === 0 ? 1 : powerOfTwoNear(size.largest);
  const side = rows < columns ? 'samples' : 'features';
  const centred = centredGram(matrix, side, unit);
  let fourth = 0;
  for (const square of centred.rowSquares) fourth += square * square;
  const rowFourthMoment = fourth * unit * unit * unit * unit;

  return centrings.map((centring) => {
    const gram = centring === 'columns' ? centred.gram : rawGram(centred);
    const singularValues = symmetricEigenvalues(gram, centred.order);
    for (let i = 0; i < singularValues.length; i++) {
      // Rounding leaves zero eigenvalues slightly negative.
      singularValues[i] = Math.sqrt(Math.max(0, singularValues[i])) * unit;
    }
    // Centred rows sum to zero, so P of them span P − 1 directions at most: the last value is zero, not rounding.
    if (centring === 'columns' && rows <= columns) singularValues[rows - 1] = 0;
    return { ...shape, centring, singularValues, reliable: countReliable(singularValues), rowFourthMoment };
  });
}

function countReliable(singularValues: Float64Array): number {
  const limit = singularValues[0] * RELIABLE_FROM;
  if (limit === 0) return 0;
  let reliable = 0;
  while (reliable < singularValues.length && singularValues[reliable] >= limit) reliable++;
  return reliable;
}
