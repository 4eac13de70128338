import { MinimalWindows, type Window } from './minimal-windows.ts';
import type { ScaleWindows } from './scale-windows.ts';
import { multiscalePenalty } from './scales.ts';

/** +1 rises, −1 falls. */
export type Sign = 1 | -1;

/** Windows with a significant rise, and with a significant fall; both ends ascend. */
export interface SignedWindows {
  readonly rising: readonly Window[];
  readonly falling: readonly Window[];
}

export function windowsOfSign({ rising, falling }: SignedWindows, sign: Sign): readonly Window[] {
  return sign > 0 ? rising : falling;
}

export function opposite(sign: Sign): Sign {
  return sign > 0 ? -1 : 1;
}

/** The minimal windows that a series is divided by. */
export interface Evidence {
  readonly moved: SignedWindows;
  readonly directed: SignedWindows;
}

/** How far beyond `multiscalePenalty` a window must be. */
export interface Thresholds {
  /** In units of the jitter: the quantity moved. */
  readonly moved: number;
  /** In units of a walk: it has a direction. */
  readonly directed: number;
}

/** The minimal windows beyond the thresholds. */
export function evidenceIn(scales: Iterable<ScaleWindows>, n: number, thresholds: Thresholds): Evidence {
  const found = () => ({ rising: new MinimalWindows(n), falling: new MinimalWindows(n) });
  const [moved, directed] = [found(), found()];
  for (const { scale, difference, jitter, walk } of scales) {
    const penalty = multiscalePenalty(n, scale);
    for (let k = 0; k < difference.length; k++) {
      const size = Math.abs(difference[k]);
      if (!(size > jitter[k] * (penalty + thresholds.moved))) continue;
      const sign = difference[k] > 0 ? 'rising' : 'falling';
      const last = k + 2 * scale - 1;
      moved[sign].add(k, last);
      if (size > walk[k] * (penalty + thresholds.directed)) directed[sign].add(k, last);
    }
  }
  const listed = ({ rising, falling }: typeof moved) => ({ rising: rising.list(), falling: falling.list() });
  return { moved: listed(moved), directed: listed(directed) };
}
