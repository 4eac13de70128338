import type { Spectrum } from '../spectra/types.ts';
import type { SpectrumVariant } from './run-header.ts';
import type { Layer } from './types.ts';

/**
 * The logged spectrum of a layer at one measurement, ready for any metric; null where the log holds none.
 *
 * @param index position in the run's `steps`.
 * @example
 * const spectrum = spectrumAt(run.layers[0], 'centered', 0);
 */
export function spectrumAt(layer: Layer, variant: SpectrumVariant, index: number): Spectrum | null {
  return layer.spectra?.complete?.[variant]?.[index] ?? null;
}
