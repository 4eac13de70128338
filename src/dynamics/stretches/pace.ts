import type { Tile } from './division/tiles.ts';
import type { Estimate, Stretch } from './types.ts';

/** Says of each rise and fall how fast it is beside its neighbors. */
export function withPaces(stretches: readonly Omit<Stretch, 'pace'>[], tiles: readonly Tile[]): Stretch[] {
  return stretches.map((stretch, k) => {
    const { transition } = tiles[k];
    if (transition === null) return { ...stretch, pace: null };
    if (transition.jump) return { ...stretch, pace: 'jump' };
    const beside = [stretches[k - 1], stretches[k + 1]].filter((neighbor) => neighbor !== undefined);
    const surelyFaster = beside.every(({ rate }) => leastSize(stretch.rate) > mostSize(rate));
    return { ...stretch, pace: beside.length > 0 && surelyFaster ? 'fast' : 'gradual' };
  });
}

function leastSize({ interval: [low, high] }: Estimate): number {
  return low > 0 ? low : high < 0 ? -high : 0;
}

function mostSize({ interval: [low, high] }: Estimate): number {
  return Math.max(Math.abs(low), Math.abs(high));
}
