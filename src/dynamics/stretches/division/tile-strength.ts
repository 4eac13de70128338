import type { Window } from '../windows/minimal-windows.ts';
import type { ScaleWindows } from '../windows/scale-windows.ts';
import { multiscalePenalty } from '../windows/scales.ts';
import { type NullTail, pValueOf } from '../windows/thresholds.ts';
import type { Tile } from './tiles.ts';

/** How surely a tile is told from jitter, and from a walk: chances of windows like its own anywhere in such a series. */
export interface Strength {
  readonly moved: number;
  /** What is told from a walk must be told from jitter as well: this is the larger of the two chances; 1 of level and wander. */
  readonly directed: number;
  /** The window that goes furthest beyond a walk: the place between its halves, and their width. */
  readonly sharpest: { readonly place: number; readonly scale: number };
}

/** The laws of the largest excess where nothing moves, and where nothing has a direction. */
export interface NullTails {
  readonly moved: NullTail;
  readonly directed: NullTail;
}

/** The windows that count for a tile. */
interface Scope {
  /** 0 for either direction. */
  readonly sign: -1 | 0 | 1;
  /** Where the place between a window's halves lies. */
  readonly places: Window;
  /** What a window must not reach beyond: the rises and falls beside the tile. */
  readonly room: Window;
}

/** The strongest windows so far; excesses over `multiscalePenalty`. */
interface Strongest {
  moved: number;
  /** Of the window that is told from a walk most surely. */
  directed: { moved: number; directed: number; pValue: number };
  sharpest: { excess: number; place: number; scale: number };
}

/** How surely each tile of a series of n measurements is told from jitter and from a walk. */
export function strengthsOf(
  tiles: readonly Tile[],
  scales: Iterable<ScaleWindows>,
  n: number,
  tails: NullTails,
): Strength[] {
  const scopes = tiles.map((_, k) => scopeOf(tiles, k, n));
  const strongest = tiles.map(
    (): Strongest => ({
      moved: Number.NEGATIVE_INFINITY,
      directed: { moved: Number.NEGATIVE_INFINITY, directed: Number.NEGATIVE_INFINITY, pValue: 1 },
      sharpest: { excess: Number.NEGATIVE_INFINITY, place: 0, scale: 1 },
    }),
  );
  for (const windows of scales) {
    const penalty = multiscalePenalty(n, windows.scale);
    for (const [k, scope] of scopes.entries()) look(strongest[k], scope, windows, penalty, tails);
  }
  return strongest.map(({ moved, directed, sharpest }) => ({
    moved: pValueOf(moved, tails.moved),
    directed: directed.pValue,
    sharpest,
  }));
}

function scopeOf(tiles: readonly Tile[], k: number, n: number): Scope {
  const { kind, from, to, transition } = tiles[k];
  const places = { first: from.place, last: to.place };
  if (transition !== null) return { sign: kind === 'rise' ? 1 : -1, places, room: transition.room };
  const before = tiles[k - 1]?.transition?.shown.last ?? 0;
  const after = tiles[k + 1]?.transition?.shown.first ?? n - 1;
  return { sign: 0, places, room: { first: before, last: after } };
}

function look(
  strongest: Strongest,
  { sign, places, room }: Scope,
  { scale, difference, jitter, walk }: ScaleWindows,
  penalty: number,
  tails: NullTails,
): void {
  const first = Math.max(room.first, places.first - scale);
  const last = Math.min(room.last + 1 - 2 * scale, places.last - scale);
  for (let k = Math.max(0, first); k <= last; k++) {
    const size = sign === 0 ? Math.abs(difference[k]) : sign * difference[k];
    const moved = size / jitter[k] - penalty;
    const directed = size / walk[k] - penalty;
    strongest.moved = Math.max(strongest.moved, moved);
    if (directed > strongest.sharpest.excess) {
      strongest.sharpest = { excess: directed, place: k + scale, scale };
    }
    // What claims no direction need not be told from a walk.
    if (sign === 0) continue;
    // A window that is weaker in both units cannot be surer.
    const best = strongest.directed;
    if (moved <= best.moved && directed <= best.directed) continue;
    const pValue = Math.max(pValueOf(moved, tails.moved), pValueOf(directed, tails.directed));
    if (pValue < best.pValue) strongest.directed = { moved, directed, pValue };
  }
}
