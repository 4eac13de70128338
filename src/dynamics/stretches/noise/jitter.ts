import { quantileOfScratch } from '../../../numerics/quantile.ts';
import { MEMORIES, meanVariance } from './difference-variance.ts';
import type { RangeSums } from './range-sums.ts';

/** A curve and the jitter of its values. */
export interface JitteryCurve {
  readonly values: Float64Array;
  readonly sums: RangeSums;
  /** Local sd of a value, as if white. */
  readonly sd: Float64Array;
  /** sd at each place of AR(1) noise that is as rough, in units of the local sd. */
  readonly strength: Float64Array;
  /** Its memory, as an index into MEMORIES. */
  readonly memory: Uint8Array;
}

/** Standard deviation of one value's jitter at a place. */
export function jitterAt({ sd, strength }: JitteryCurve, place: number): number {
  return sd[place] * strength[place];
}

/** What the mean of `count` neighboring values around a place has of it. */
export function meanFactor({ memory }: JitteryCurve, place: number, count: number): number {
  return meanFactors(count)[memory[place]];
}

/** The same for each memory. */
export function meanFactors(count: number): Float64Array {
  let known = factors.get(count);
  if (known === undefined) {
    if (factors.size >= MOST_COUNTS) factors.clear();
    known = Float64Array.from(MEMORIES, (phi) => Math.sqrt(meanVariance(count, phi)));
    factors.set(count, known);
  }
  return known;
}

/** By count, one for each memory: the same few are asked for at all places of all curves. */
const factors = new Map<number, Float64Array>();
const MOST_COUNTS = 512;

/** Typical of the whole curve: medians of the sd of a value's jitter, and of its AR(1) coefficient. */
export function typicalJitter(curve: JitteryCurve): { readonly sd: number; readonly memory: number } {
  const n = curve.values.length;
  const sd = new Float64Array(n);
  const memory = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    sd[i] = jitterAt(curve, i);
    memory[i] = MEMORIES[curve.memory[i]];
  }
  return { sd: quantileOfScratch(sd, 0.5), memory: quantileOfScratch(memory, 0.5) };
}
