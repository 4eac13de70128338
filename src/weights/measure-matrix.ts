import type { MatrixProducts } from '../numerics/band/matrix-products.ts';
import type { Random } from '../numerics/random.ts';
import { type BulkEdge, bulkEdge } from '../spectra/marchenko-pastur.ts';
import { metrics } from '../spectra/metrics.ts';
import { type TailExponent, tailExponent } from '../spectra/tail-exponent.ts';
import type { Determined, Matrix, Spectrum } from '../spectra/types.ts';
import { largestGap, shuffleElements } from './randomized-twin.ts';
import { type TrainingLabel, trainingLabel } from './training-label.ts';
import { weightSpectrum } from './weight-spectrum.ts';

/**
 * WeightWatcher's choices for the tail (0.7.7): every tail from two eigenvalues on, distances at the foot of each step,
 * eigenvalues above 1e-5 alone.
 */
export const weightWatcherTail = { fewestInTail: 2, sides: 'foot', above: 1e-5 } as const;

/** How a matrix differs from its randomized twin, the same elements in random order. */
export interface TwinComparison {
  /** λ₁ of the twin. */
  readonly largest: number;
  /** Eigenvalues of the matrix above all of its twin's. */
  readonly beyond: number;
  /** Correlation traps: eigenvalues of the twin beyond its own bulk, which single very large elements make. */
  readonly traps: number;
  /** Kolmogorov-Smirnov distance between both spectra, 0 to 1. */
  readonly distance: number;
}

/** Everything that is said of one weight matrix. */
export interface MatrixMeasurement {
  readonly spectrum: Spectrum;
  readonly stableRank: Determined;
  readonly effectiveRank: Determined;
  /** σ₁. */
  readonly spectralNorm: number;
  readonly frobeniusNorm: number;
  /** By WeightWatcher's choices. */
  readonly tail: TailExponent;
  /** By ours: tails of ten eigenvalues and more, distances on both sides. */
  readonly strictTail: TailExponent;
  /** Null where the spectrum is undetermined. */
  readonly bulk: BulkEdge | null;
  /** Null where it is undetermined, or was not asked for. */
  readonly twin: TwinComparison | null;
  readonly training: TrainingLabel;
}

/**
 * Measures a weight matrix.
 *
 * @param matrix is shuffled in place where a twin is asked for.
 * @param random of the twin; null for no comparison.
 */
export async function measureMatrix(
  matrix: Matrix,
  products: MatrixProducts,
  random: Random | null,
): Promise<MatrixMeasurement> {
  const spectrum = await weightSpectrum(matrix, products);
  const { rows, columns } = matrix;
  const { singularValues } = spectrum;
  const isDetermined = spectrum.undetermined === undefined;
  const tail = tailExponent(spectrum, weightWatcherTail);
  let twin: TwinComparison | null = null;
  if (random !== null && isDetermined) {
    shuffleElements(matrix, random);
    const shuffled = (await weightSpectrum(matrix, products)).singularValues;
    twin = {
      largest: shuffled[0] ** 2,
      beyond: singularValues.filter((value) => value > shuffled[0]).length,
      traps: bulkEdge(shuffled, rows, columns).spikes,
      distance: largestGap(singularValues, shuffled),
    };
  }
  return {
    spectrum,
    stableRank: metrics.stable_rank(spectrum),
    effectiveRank: metrics.effective_rank(spectrum),
    spectralNorm: singularValues[0] ?? Number.NaN,
    frobeniusNorm: Math.hypot(...singularValues),
    tail,
    strictTail: tailExponent(spectrum),
    bulk: isDetermined ? bulkEdge(singularValues, rows, columns) : null,
    twin,
    training: trainingLabel(tail),
  };
}
