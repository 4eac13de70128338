import type { Tile } from './division/tiles.ts';
import type { JitteryCurve } from './noise/jitter.ts';
import { rangeMean } from './noise/range-sums.ts';
import type { Smoothed } from './smoothed.ts';
import type { Window } from './windows/minimal-windows.ts';

export interface StabilizedOptions {
  /** Half-width of the band around the end, as a share of the curve's range. Default 0.1. */
  readonly bandShare?: number;
  /** A range within this share of the end value is constant. Default 0.01. */
  readonly resolutionShare?: number;
}

/** In units of the values given; places are indices. */
export type Stabilized =
  | {
      readonly status: 'stabilized';
      readonly place: number;
      readonly interval: Window;
      readonly end: number;
      readonly band: number;
      readonly furthest: number;
    }
  | {
      readonly status: 'moving';
      /** What it does until when: a rise or fall until the end, one that ends too late, or away from its end for too long. */
      readonly still: { readonly kind: 'rise' | 'fall' | 'away'; readonly until: number };
      readonly end: number;
      readonly band: number;
      readonly furthest: number;
    }
  | {
      readonly status: 'constant' | 'unmoved';
      readonly range: { readonly value: number; readonly interval: readonly [number, number] };
      readonly resolution: number;
    };

/** Shares of the measurements: whose mean is the end, and that must be near it. */
const END_SHARE = 0.1;
const LEAST_SHARE = 0.1;
/** Standard errors of a smoothed value that the band leaves room for, and that a value surely outside is away. */
const BAND_ERRORS = 3;
const SURE_ERRORS = 2;

/**
 * From where on a curve stays within a band of its end and has no further rise or fall of more than half that band. The
 * band is a share of the curve's range, and never narrower than the jitter at its end. It is the same all along, as it is said: where
 * the curve fluctuates more than that, it is not yet stable.
 *
 * @param rounding differences up to this may be rounding.
 */
export function stabilized(
  noise: JitteryCurve,
  tiles: readonly Tile[],
  { means, errors }: Smoothed,
  rounding: number,
  { bandShare = 0.1, resolutionShare = 0.01 }: StabilizedOptions = {},
): Stabilized {
  const n = noise.values.length;
  const end = endOf(noise, tiles);
  let highest = means[0];
  let lowest = means[0];
  for (const mean of means) {
    highest = Math.max(highest, mean);
    lowest = Math.min(lowest, mean);
  }
  const range = highest - lowest;
  if (tiles.every(({ kind }) => kind === 'level')) {
    const margin = 2 * 1.96 * errors[n >> 1];
    const interval = [Math.max(0, range - margin), range + margin] as const;
    const resolution = Math.max(rounding, resolutionShare * Math.abs(end));
    return {
      status: interval[1] <= resolution ? 'constant' : 'unmoved',
      range: { value: range, interval },
      resolution,
    };
  }
  const band = Math.max(bandShare * range, BAND_ERRORS * errors[n - 1]);
  let furthest = 0;
  for (const mean of means) furthest = Math.max(furthest, Math.abs(mean - end));
  /** The first of the last places that all lie within the band. */
  const outside = (allowance: number): number => {
    let into = n;
    while (into > 0 && !(Math.abs(means[into - 1] - end) > band + allowance * errors[into - 1])) into--;
    return into;
  };
  const into = outside(0);
  const surelyAfter = Math.min(into, outside(SURE_ERRORS));
  const lastMove = tiles.findLast(
    ({ transition }) =>
      transition !== null && Math.abs(transition.after.value - transition.before.value) > band / 2,
  );
  // Of the last rise or fall that much may be left: its tail is a further movement of less than half the band.
  const settled = (allowance: number): number =>
    lastMove === undefined ? 0 : settledWithin(lastMove, means, errors, band / 2, allowance);
  const place = Math.max(into, settled(0));
  const near = n - place;
  if (near < LEAST_SHARE * n) {
    const still =
      lastMove === undefined || settled(0) < into || settled(0) === 0
        ? { kind: 'away' as const, until: into - 1 }
        : {
            kind: lastMove.kind === 'rise' ? ('rise' as const) : ('fall' as const),
            until: lastMove === tiles[tiles.length - 1] ? n - 1 : settled(0),
          };
    return { status: 'moving', still, end, band, furthest };
  }
  const ending = lastMove?.to ?? { place: 0, interval: { first: 0, last: 0 } };
  const interval = {
    first: Math.max(surelyAfter, Math.min(settled(SURE_ERRORS), ending.interval.first)),
    last: Math.min(
      n - 1,
      Math.max(
        2 * into - surelyAfter,
        settled(-SURE_ERRORS),
        settled(0) >= ending.interval.first ? ending.interval.last : 0,
      ),
    ),
  };
  return { status: 'stabilized', place, interval, end, band, furthest };
}

/** The place from which on a rise or fall is within a distance of where it leads to, give or take standard errors. */
function settledWithin(
  { from, to, transition }: Tile,
  means: Float64Array,
  errors: Float64Array,
  distance: number,
  allowance: number,
): number {
  const end = transition?.after.value ?? means[to.place];
  for (let i = to.place; i > from.place; i--) {
    if (Math.abs(means[i] - end) > distance + allowance * errors[i]) return Math.min(i + 1, to.place);
  }
  return from.place;
}

/** Mean of the last values, but of none before the end of the last rise or fall; of one that ends last, where it leads to. */
function endOf(noise: JitteryCurve, tiles: readonly Tile[]): number {
  const n = noise.values.length;
  const last = tiles[tiles.length - 1];
  if (last.transition !== null) return last.transition.after.value;
  const count = Math.max(5, Math.ceil(END_SHARE * n));
  // Where between wander and level is uncertain, and says nothing of what the values are.
  const since = tiles.findLast(({ transition }) => transition !== null)?.to.place ?? 0;
  return rangeMean(noise.sums, Math.max(n - count, Math.min(since, n - 3), 0), n);
}
