import type { JitteryCurve } from '../noise/jitter.ts';
import { evidenceIn } from '../windows/evidence.ts';
import type { ScaleWindows } from '../windows/scale-windows.ts';
import { thresholdAt } from '../windows/thresholds.ts';
import { divide } from './divide.ts';
import { type NullTails, type Strength, strengthsOf } from './tile-strength.ts';
import { type Tile, tilesOf } from './tiles.ts';
import type { Turn } from './transitions.ts';

/** A curve end to end in tiles, with its turning points; all in indices of measurements. */
export interface TiledCurve {
  readonly tiles: readonly Tile[];
  /** How surely each tile is told from jitter and from a walk. */
  readonly strengths: readonly Strength[];
  readonly turns: readonly Turn[];
}

/**
 * Tiles a curve by its windows.
 *
 * @param scales the windows of all widths, narrow ones first; asked for twice, as many are too many to keep.
 * @param alpha chance of any window beyond a threshold where nothing moves, and where nothing has a direction.
 */
export function tileCurve(
  curve: JitteryCurve,
  scales: () => Iterable<ScaleWindows>,
  tails: NullTails,
  alpha: number,
): TiledCurve {
  const n = curve.values.length;
  const thresholds = { moved: thresholdAt(alpha, tails.moved), directed: thresholdAt(alpha, tails.directed) };
  const evidence = evidenceIn(scales(), n, thresholds);
  const { parts, turns } = divide(curve, evidence);
  const tiles = tilesOf(parts, [...evidence.moved.rising, ...evidence.moved.falling], n);
  const strengths = strengthsOf(tiles, scales(), n, tails).map(({ moved, directed, sharpest }, k) => ({
    // What was found by a window that reaches beyond its tile is as sure as alpha all the same.
    moved: Math.min(moved, tiles[k].kind === 'level' ? 1 : alpha),
    directed: Math.min(directed, tiles[k].transition === null ? 1 : alpha),
    sharpest,
  }));
  return { tiles, turns, strengths };
}
