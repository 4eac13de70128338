import { firstDifferenceVariance, MEMORIES } from '../noise/difference-variance.ts';
import { type NoiseCurve, widestAnchor } from '../noise/noise-curve.ts';
import { rangeMean, sumDifference } from '../noise/range-sums.ts';
import { scalesWithin } from './scales.ts';

/** All windows of one width: entry k compares the `scale` values from place k + scale on with the `scale` before it. */
export interface ScaleWindows {
  readonly scale: number;
  /** Mean after less mean before. */
  readonly difference: Float64Array;
  /** Its sd if the values are a constant and noise of short memory. */
  readonly jitter: Float64Array;
  /** Its sd if they are a walk of independent increments as large as those here; never below the jitter's. */
  readonly walk: Float64Array;
}

/** The half-widths of the windows of n values. */
export function windowScales(n: number): number[] {
  return scalesWithin(2, n / 2);
}

/** Of longer series, the windows of all widths would take too much memory. */
const LONGEST_KEPT = 5000;

/**
 * The windows of all widths of n values, narrow ones first, as often as they are asked for: those of a short series are
 * computed once, those of a long one each time.
 */
export function windowsOfAllWidths(
  n: number,
  ofWidth: (scale: number) => ScaleWindows,
): () => Iterable<ScaleWindows> {
  const scales = windowScales(n);
  if (n <= LONGEST_KEPT) {
    const kept = scales.map(ofWidth);
    return () => kept;
  }
  return function* () {
    for (const scale of scales) yield ofWidth(scale);
  };
}

/** The windows of the width that is asked for, of n values: kept of a short series, as in `windowsOfAllWidths`. */
export function windowsOfEachWidth(
  n: number,
  ofWidth: (scale: number) => ScaleWindows,
): (scale: number) => ScaleWindows {
  if (n > LONGEST_KEPT) return ofWidth;
  const kept = new Map<number, ScaleWindows>();
  return (scale) => {
    const known = kept.get(scale) ?? ofWidth(scale);
    kept.set(scale, known);
    return known;
  };
}

/** The windows of one width in a series whose noise is known. */
export function windowsOf(noise: NoiseCurve, scale: number): ScaleWindows {
  const { sums, variance, busyVariance, strength, memory } = noise;
  const n = noise.values.length;
  const count = n - 2 * scale + 1;
  const difference = new Float64Array(count);
  const jitter = new Float64Array(count);
  const walk = new Float64Array(count);
  const { anchor, roughness } = walkAnchor(noise, scale);
  // For a walk the variance of the first difference is 2/3 of the second's, and grows as the width.
  const growth = Math.sqrt(((2 / 3) * scale) / anchor);
  const factors = differenceFactors(scale);
  for (let k = 0; k < count; k++) {
    const first = k;
    const place = k + scale;
    const end = k + 2 * scale;
    const at = Math.min(place, n - 1);
    difference[k] = sumDifference(sums, first, place, end) / scale;
    jitter[k] = Math.sqrt(rangeMean(variance, first, end)) * strength[at] * factors[memory[at]];
    walk[k] = Math.max(jitter[k], Math.sqrt(rangeMean(busyVariance, first, end)) * roughness[at] * growth);
  }
  return { scale, difference, jitter, walk };
}

/** The sd of the first difference of AR(1) noise of each memory, in units of its own: the same scales are asked for by all series. */
function differenceFactors(scale: number): Float64Array {
  let known = factorsByScale.get(scale);
  if (known === undefined) {
    known = Float64Array.from(MEMORIES, (phi) => Math.sqrt(firstDifferenceVariance(scale, phi)));
    factorsByScale.set(scale, known);
  }
  return known;
}

/** There are no more than 49 scales. */
const factorsByScale = new Map<number, Float64Array>();

/** The scale at which the growth of a walk is read off, and the roughness there. */
function walkAnchor(
  { values, scales, roughness }: NoiseCurve,
  scale: number,
): { anchor: number; roughness: Float64Array } {
  const widest = Math.min(scale, widestAnchor(values.length));
  const k = scales.findLastIndex((h) => h <= widest);
  return { anchor: scales[k], roughness: roughness[k] };
}
