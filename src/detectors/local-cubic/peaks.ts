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

/** The largest local maximum above `threshold` among unmasked places, or −1. */
export function highestPeak({ height }: Heights, masked: Uint8Array, threshold: number): number {
  let best = -1;
  let most = threshold;
  for (let t = 1; t < height.length - 1; t++) {
    const value = height[t];
    if (value <= most || masked[t] !== 0) continue;
    if (value < height[t - 1] || value < height[t + 1]) continue;
    best = t;
    most = value;
  }
  return best;
}

/** Peaks in falling order, more than `separation` apart. */
export function peaks(heights: Heights, threshold: number, separation: number, limit = Infinity): number[] {
  const masked = new Uint8Array(heights.height.length);
  const found: number[] = [];
  while (found.length < limit) {
    const t = highestPeak(heights, masked, threshold);
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
