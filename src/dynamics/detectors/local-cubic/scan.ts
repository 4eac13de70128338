import type { Shape, WhitenedWindow } from './whitened-window.ts';

/** One kind of change tested at every point. */
export interface Probe {
  readonly window: WhitenedWindow;
  /** The regressor of a change at a position of the window. */
  readonly shape: (position: number) => Shape;
  /** Points that must lie on either side of a change. */
  readonly margin: number;
  /** Standard deviation that rounding may hide; keeps T small where the noise is only rounding. */
  readonly noiseFloor: number;
}

/** The test of one change at one point. */
export interface ChangeFit {
  /** Signed test statistic, about standard normal where nothing changes. */
  readonly statistic: number;
  /** Size in the data's unit (per point for a kink). */
  readonly size: number;
  /** Local noise: standard deviation of the innovations. */
  readonly noise: number;
}

/** The tests at every point; 0 in the margins. */
export interface Scan {
  readonly statistic: Float64Array;
  readonly size: Float64Array;
}

export function testAt(values: Float64Array, t: number, probe: Probe): ChangeFit {
  const { window } = probe;
  const start = window.start(t, values.length);
  const shape = probe.shape(t - start);
  const { rss, along } = window.along(values, start, shape);
  const noise = Math.hypot(
    Math.sqrt(Math.max(0, rss - along * along) / (window.length - 5)),
    probe.noiseFloor,
  );
  // Without any noise nor rounding the cubic or the step fits exactly; an exact cubic has no step.
  const statistic = noise > 0 ? along / noise : 0;
  return { statistic, size: along / shape.norm, noise };
}

export function scan(values: Float64Array, probe: Probe): Scan {
  const blank = { statistic: new Float64Array(values.length), size: new Float64Array(values.length) };
  rescan(blank, values, probe, 0, values.length);
  return blank;
}

/** Tests the points from … to−1 again, after the data near them were changed. */
export function rescan(into: Scan, values: Float64Array, probe: Probe, from: number, to: number): void {
  const last = Math.min(to, values.length - probe.margin + 1);
  for (let t = Math.max(from, probe.margin); t < last; t++) {
    const { statistic, size } = testAt(values, t, probe);
    into.statistic[t] = statistic;
    into.size[t] = size;
  }
}

/** The largest local maximum of |statistic| above `threshold` among unmasked points, or −1. */
export function highestPeak({ statistic }: Scan, masked: Uint8Array, threshold: number): number {
  let best = -1;
  let height = threshold;
  for (let t = 1; t < statistic.length - 1; t++) {
    const value = Math.abs(statistic[t]);
    if (value <= height || masked[t] !== 0) continue;
    if (value < Math.abs(statistic[t - 1]) || value < Math.abs(statistic[t + 1])) continue;
    best = t;
    height = value;
  }
  return best;
}

/** Peaks in falling order, at least `separation` apart. */
export function peaks(result: Scan, threshold: number, separation: number, limit = Infinity): number[] {
  const masked = new Uint8Array(result.statistic.length);
  const found: number[] = [];
  while (found.length < limit) {
    const t = highestPeak(result, masked, threshold);
    if (t < 0) break;
    found.push(t);
    mask(masked, t, separation);
  }
  return found;
}

export function mask(masked: Uint8Array, t: number, distance: number): void {
  masked.fill(1, Math.max(0, t - distance), Math.min(masked.length, t + distance + 1));
}

/** The data with steps of the scanned sizes taken out at `at`. */
export function withoutSteps(values: Float64Array, { size }: Scan, at: readonly number[]): Float64Array {
  const level = new Float64Array(values.length);
  for (const t of at) level[t] += size[t];
  let sum = 0;
  return values.map((value, t) => {
    sum += level[t];
    return value - sum;
  });
}
