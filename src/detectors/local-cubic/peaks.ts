import type { Scan } from './scan.ts';
import type { Transition } from './transitions.ts';

/** The largest statistic of any kind at every place. */
export interface Heights {
  readonly height: Float64Array;
  /** Which kind it is, as an index. */
  readonly kind: Uint8Array;
}

/** @param scales by which the statistics of each kind are multiplied; default 1. */
export function heightsOf({ statistics }: Scan, scales?: readonly number[]): Heights {
  const n = statistics[0].length;
  const height = new Float64Array(n);
  const kind = new Uint8Array(n);
  for (let i = 0; i < statistics.length; i++) {
    const statistic = statistics[i];
    const scale = scales?.[i] ?? 1;
    for (let t = 0; t < n; t++) {
      const value = scale * Math.abs(statistic[t]);
      if (value <= height[t]) continue;
      height[t] = value;
      kind[t] = i;
    }
  }
  return { height, kind };
}

/** Local maxima above a threshold, the highest first, while more and more places are masked. */
export class Peaks {
  readonly heights: Heights;
  readonly #masked: Uint8Array;
  /** Those that may still be unmasked, by place. */
  readonly #left: number[] = [];

  constructor(heights: Heights, masked: Uint8Array, threshold: number) {
    this.heights = heights;
    this.#masked = masked;
    const { height } = heights;
    for (let t = 1; t < height.length - 1; t++) {
      const value = height[t];
      if (value > threshold && value >= height[t - 1] && value >= height[t + 1]) this.#left.push(t);
    }
  }

  /** The place of the highest that is not masked, or −1; the same again until it is masked. */
  highest(): number {
    const { height } = this.heights;
    let best = -1;
    let kept = 0;
    for (const t of this.#left) {
      if (this.#masked[t] !== 0) continue;
      this.#left[kept++] = t;
      if (best < 0 || height[t] > height[best]) best = t;
    }
    this.#left.length = kept;
    return best;
  }
}

/** Peaks in falling order, more than `separation` apart. */
export function peaks(heights: Heights, threshold: number, separation: number, limit = Infinity): number[] {
  const masked = new Uint8Array(heights.height.length);
  const left = new Peaks(heights, masked, threshold);
  const found: number[] = [];
  while (found.length < limit) {
    const t = left.highest();
    if (t < 0) break;
    found.push(t);
    mask(masked, t, separation);
  }
  return found;
}

export function mask(masked: Uint8Array, t: number, distance: number): void {
  masked.fill(1, Math.max(0, t - distance), Math.min(masked.length, t + distance + 1));
}

/** Masks a transition and what lies within a distance of it. */
export function maskAround(masked: Uint8Array, { start, width }: Transition, distance: number): void {
  masked.fill(1, Math.max(0, start - distance), Math.min(masked.length, start + width + distance));
}
