import { type FilterBank, filterOf } from './filter-bank.ts';

/**
 * Frequency content of every filter: mean spatial frequency, in cycles per pixel, weighted by the energy of its discrete Fourier
 * transform over height and width, summed over channels; 0 for a constant patch, up to 1/√2 for a checkerboard.
 *
 * @returns by filter; null for a filter that is zero or not finite, and for filters of one tap, which have no frequency.
 * @example
 * filterFrequency(filterBank(Float64Array.of(1, 1, 1, 1), [1, 1, 2, 2])) // [0]
 */
export function filterFrequency(bank: FilterBank): (number | null)[] {
  const { filters, channels, height, width } = bank;
  if (height * width === 1) return Array(filters).fill(null);
  const bins = frequencyBins(height, width);
  return Array.from({ length: filters }, (_, index) => {
    const filter = filterOf(bank, index);
    let [weighted, total] = [0, 0];
    for (let channel = 0; channel < channels; channel++) {
      const patch = filter.subarray(channel * height * width, (channel + 1) * height * width);
      for (const { frequency, cosines, sines } of bins) {
        let [real, imaginary] = [0, 0];
        for (let i = 0; i < patch.length; i++) {
          real += patch[i] * cosines[i];
          imaginary += patch[i] * sines[i];
        }
        const energy = real * real + imaginary * imaginary;
        weighted += energy * frequency;
        total += energy;
      }
    }
    const mean = weighted / total;
    return Number.isFinite(mean) ? mean : null;
  });
}

interface FrequencyBin {
  /** Cycles per pixel. */
  readonly frequency: number;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** Kernels are a few pixels wide: the transform is taken term by term. */
function frequencyBins(height: number, width: number): FrequencyBin[] {
  const folded = (k: number, n: number): number => Math.min(k, n - k) / n;
  return Array.from({ length: height * width }, (_, bin) => {
    const [u, v] = [Math.floor(bin / width), bin % width];
    const phase = (i: number): number =>
      2 * Math.PI * ((u * Math.floor(i / width)) / height + (v * (i % width)) / width);
    return {
      frequency: Math.hypot(folded(u, height), folded(v, width)),
      cosines: Float64Array.from({ length: height * width }, (_, i) => Math.cos(phase(i))),
      sines: Float64Array.from({ length: height * width }, (_, i) => Math.sin(phase(i))),
    };
  });
}
