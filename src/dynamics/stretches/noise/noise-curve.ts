import { median } from '../../../numerics/quantile.ts';
import { scalesWithin } from '../windows/scales.ts';
import { MEMORIES, secondDifferenceVariance } from './difference-variance.ts';
import type { JitteryCurve } from './jitter.ts';
import { placeMedians } from './place-medians.ts';
import { type RangeSums, rangeMean, rangeSums, sumDifference } from './range-sums.ts';
import { clipSpikes } from './spikes.ts';

/**
 * How a series, freed of spikes, fluctuates at every place and scale, whatever its level does. It rests on second differences of means
 * of h values, which have neither level nor local slope, and on running medians of them, which ignore a transition: a
 * time-domain cousin of the Haar wavelet variance.
 */
export interface NoiseCurve extends JitteryCurve {
  /**
   * What it has of a `JitteryCurve`, alone. Whatever looks at a curve place by place gets this: objects of two shapes in one loop
   * have the engine compile it again, and slower.
   */
  readonly jitter: JitteryCurve;
  /** Sums of sd² before each place. */
  readonly variance: RangeSums;
  /** The same of an sd that follows short busy spells: they must not look like direction. */
  readonly busyVariance: RangeSums;
  /** Scales h at which roughness is known. */
  readonly scales: readonly number[];
  /** For each of those scales, the sd of the second difference at each place, in units of the local sd. */
  readonly roughness: readonly Float64Array[];
}

/** Turns a median absolute deviation into a normal sd. */
const MAD_TO_SD = 1.4826;
/** How much of a busy spell's own noise counts: few values tell it, and a step at an end is among them. */
const BUSY_SHARE = 0.75;
/** A median over fewer places than this many scales would be that of a transition that is as long. */
const PLACES_PER_SCALE = 13;

/** The widest scale that tells the memory of jitter: wider ones see movement, and short series have none to spare. */
function memoryScale(n: number): number {
  return Math.max(2, Math.min(16, 1 + Math.floor(n / 8)));
}

/**
 * The widest scale at which the growth of a walk is read off: there are too few independent places for wider ones, and
 * a long transition would fill them.
 */
export function widestAnchor(n: number): number {
  return Math.max(2, Math.floor(n / 16));
}

/** @param raw at least 12 finite values, not all equal. */
export function noiseCurve(raw: Float64Array): NoiseCurve {
  const n = raw.length;
  const { sd, busy } = localNoise(raw);
  const values = clipSpikes(raw, sd);
  const sums = rangeSums(values);
  const variance = rangeSums(squaresOf(sd));
  const busyVariance = rangeSums(squaresOf(busy));
  const scales = scalesWithin(1, Math.max(memoryScale(n), widestAnchor(n)));
  const roughness = scales.map((h) => roughnessAt(h, sums, variance, n));
  const { strength, memory } = fitMemory(scales, roughness);
  const jitter = { values, sums, sd, strength, memory };
  return { values, sums, sd, strength, memory, jitter, variance, busyVariance, scales, roughness };
}

function localNoise(values: Float64Array): { sd: Float64Array; busy: Float64Array } {
  const n = values.length;
  const bends = new Float64Array(n - 2);
  let grain = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.abs(values[i]));
    if (i > 0 && values[i] !== values[i - 1]) grain = Math.min(grain, Math.abs(values[i] - values[i - 1]));
    if (i > 1) bends[i - 2] = Math.abs(values[i] - 2 * values[i - 1] + values[i - 2]) / Math.sqrt(6);
  }
  const width = Math.max(15, Math.min(61, Math.floor(n / 4))) | 1;
  const sd = placeMedians(bends, width, n, 1, 1);
  // Rounding is noise too: of shares, of float32, of float64.
  const least = Math.max(
    Number.isFinite(grain) ? grain / Math.sqrt(12) : 0,
    0.02 * MAD_TO_SD * median(sd),
    4e-16 * largest,
    1e-150,
  );
  const busy = placeMedians(bends, 15, n, 1, 1);
  for (let i = 0; i < n; i++) {
    sd[i] = Math.max(least, MAD_TO_SD * sd[i]);
    busy[i] = Math.max(sd[i], BUSY_SHARE * MAD_TO_SD * busy[i]);
  }
  return { sd, busy };
}

function squaresOf(values: Float64Array): Float64Array {
  const squares = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) squares[i] = values[i] * values[i];
  return squares;
}

function roughnessAt(h: number, sums: RangeSums, variance: RangeSums, n: number): Float64Array {
  const count = n - 3 * h + 1;
  const deviations = new Float64Array(count);
  for (let k = 0, i = h; k < count; k++, i++) {
    const bend = sumDifference(sums, i, i + h, i + 2 * h) - sumDifference(sums, i - h, i, i + h);
    deviations[k] = Math.abs(bend) / h / Math.sqrt(rangeMean(variance, i - h, i + 2 * h));
  }
  const places = Math.max(121, Math.floor(n / 4), PLACES_PER_SCALE * h);
  const least = 0.6 * Math.sqrt(6 / h);
  const roughness = placeMedians(deviations, places, n, h + (h >> 1), 8);
  for (let i = 0; i < n; i++) roughness[i] = Math.max(least, MAD_TO_SD * roughness[i]);
  return roughness;
}

/** Memories in fours. */
const PADDED = 4 * Math.ceil(MEMORIES.length / 4);

/** AR(1) noise as rough as this at every place: least squares in log roughness, scale free, weights 1/h. */
function fitMemory(
  scales: readonly number[],
  roughness: readonly Float64Array[],
): { strength: Float64Array; memory: Uint8Array } {
  const n = roughness[0].length;
  const used = scales.filter((h) => h <= memoryScale(n));
  const count = used.length;
  const models = memoryModels(used);
  const { weights, mean: means } = models;
  const strength = new Float64Array(n);
  const memory = new Uint8Array(n);
  const logs = new Float64Array(count);
  const misfits = new Float64Array(PADDED);
  for (let i = 0; i < n; i++) {
    let mean = 0;
    for (let k = 0; k < count; k++) {
      logs[k] = Math.log(roughness[k][i]);
      mean += weights[k] * logs[k];
    }
    misfitsTo(models, logs, misfits);
    const best = placeOfLeast(misfits);
    memory[i] = best;
    strength[i] = Math.exp(mean - means[best]);
  }
  return { strength, memory };
}

/** Four memories at a time: the sum of each waits for its last addition. */
function misfitsTo({ spread, weighted }: MemoryModels, logs: Float64Array, misfits: Float64Array): void {
  for (let m = 0; m < PADDED; m += 4) {
    let a = spread[m];
    let b = spread[m + 1];
    let c = spread[m + 2];
    let d = spread[m + 3];
    for (let k = 0, at = m; k < logs.length; k++, at += PADDED) {
      const log = logs[k];
      a -= weighted[at] * log;
      b -= weighted[at + 1] * log;
      c -= weighted[at + 2] * log;
      d -= weighted[at + 3] * log;
    }
    misfits[m] = a;
    misfits[m + 1] = b;
    misfits[m + 2] = c;
    misfits[m + 3] = d;
  }
}

/** Of equal ones the first; 0 where none is a number below infinity. */
function placeOfLeast(values: Float64Array): number {
  let place = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] < least)) continue;
    place = i;
    least = values[i];
  }
  return place;
}

/**
 * The log roughness L of each memory, so that its misfit is spread − weighted·log up to a term common to all:
 * weighted is [scale][memory] 2w(L − mean), spread Σ w(L − mean)².
 */
function memoryModels(scales: readonly number[]): MemoryModels {
  const key = scales.join(' ');
  const known = knownModels.get(key);
  if (known !== undefined) return known;
  const total = scales.reduce((sum, h) => sum + 1 / h, 0);
  const weights = scales.map((h) => 1 / h / total);
  const mean = new Float64Array(MEMORIES.length);
  // No log is nearest to those beyond the last.
  const spread = new Float64Array(PADDED).fill(Number.POSITIVE_INFINITY, MEMORIES.length);
  const weighted = new Float64Array(PADDED * scales.length);
  for (const [m, phi] of MEMORIES.entries()) {
    const logs = scales.map((h) => Math.log(secondDifferenceVariance(h, phi)) / 2);
    mean[m] = logs.reduce((sum, log, k) => sum + weights[k] * log, 0);
    for (const [k, log] of logs.entries()) {
      const off = log - mean[m];
      spread[m] += weights[k] * off * off;
      weighted[k * PADDED + m] = 2 * weights[k] * off;
    }
  }
  const models = { weights, mean, spread, weighted };
  knownModels.set(key, models);
  return models;
}

interface MemoryModels {
  /** Of each scale. */
  readonly weights: readonly number[];
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  readonly weighted: Float64Array;
}

/** They depend on the scales alone, of which there are few sets: none is wider than 16. */
const knownModels = new Map<string, MemoryModels>();
