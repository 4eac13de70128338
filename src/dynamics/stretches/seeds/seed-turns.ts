import type { Tile } from '../division/tiles.ts';
import type { Turn } from '../division/transitions.ts';
import type { JitteryCurve } from '../noise/jitter.ts';
import { rangeMean } from '../noise/range-sums.ts';

/** Where one seed turns, for each turn of the mean: its extreme between the middles of the rise and fall beside it. */
export function seedTurns(seed: JitteryCurve, turns: readonly Turn[], tiles: readonly Tile[]): number[] {
  const n = seed.values.length;
  const half = Math.max(1, Math.min(10, Math.round(n / 80)));
  return turns.map(({ kind, place }) => {
    const middles = tiles.flatMap(({ transition }) => (transition === null ? [] : [transition.middle]));
    const first = middles.findLast((middle) => middle <= place) ?? 0;
    const last = middles.find((middle) => middle > place) ?? n - 1;
    const sign = kind === 'peak' ? 1 : -1;
    let best = place;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = first; i <= last; i++) {
      const mean = sign * rangeMean(seed.sums, Math.max(0, i - half), Math.min(n, i + half + 1));
      if (mean > most) {
        best = i;
        most = mean;
      }
    }
    return best;
  });
}
