import { strengthsOf } from '../division/tile-strength.ts';
import type { Tile } from '../division/tiles.ts';
import type { NoiseCurve } from '../noise/noise-curve.ts';
import { rangeMean } from '../noise/range-sums.ts';
import type { Scale } from '../outline.ts';
import { windowScales, windowsOf } from '../windows/scale-windows.ts';
import { movedTail, pooledTail } from '../windows/thresholds.ts';
import { type OverSeeds, overSeeds } from './over-seeds.ts';
import { seedTransition } from './seed-transition.ts';
import type { SeedStretch } from './types.ts';

/** For each tile, how many seeds move beyond their own jitter in its direction (in any, for wander). */
export function seedsShowing(seeds: readonly NoiseCurve[], tiles: readonly Tile[], alpha: number): number[] {
  const n = seeds[0].values.length;
  const tails = { moved: movedTail(n), directed: pooledTail(n) };
  const counts = tiles.map(() => 0);
  for (const seed of seeds) {
    const scales = windowScales(n).map((width) => windowsOf(seed, width));
    for (const [t, { moved }] of strengthsOf(tiles, scales, n, tails).entries())
      if (moved <= alpha) counts[t]++;
  }
  return counts;
}

/** What the seeds do in a tile of the mean. */
export function amplitudeAndTiming(
  seeds: readonly NoiseCurve[],
  tiles: readonly Tile[],
  k: number,
  scale: Scale,
): Pick<SeedStretch, 'amplitudes' | 'timing'> {
  if (tiles[k].transition === null) {
    const amplitudes = seeds.map((seed) => netChange(seed, tiles[k]) * scale.unit);
    return { amplitudes: overSeeds(amplitudes), timing: null };
  }
  const made = seeds.map((seed) => seedTransition(seed, tiles, k));
  const timing = (place: 'start' | 'half' | 'end'): OverSeeds | null =>
    withinRun(
      overSeeds(
        made.map((own) => own && stepAt(scale.steps, own[place])),
        halfGap(scale.steps, tiles[k].from.place),
      ),
      scale.steps,
    );
  const [start, half, end] = [timing('start'), timing('half'), timing('end')];
  const amplitudes = overSeeds(made.map((own) => own && own.amplitude * scale.unit));
  return { amplitudes, timing: start && half && end && { start, half, end } };
}

/** Nothing begins before the first measurement, or ends after the last: an interval of few seeds may say so. */
function withinRun(timing: OverSeeds | null, steps: Float64Array): OverSeeds | null {
  if (timing === null || timing.interval === null) return timing;
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const [low, high] = timing.interval;
  return { ...timing, interval: [Math.max(first, low), Math.min(last, high)] };
}

/** Difference of the means of a few values at the ends of a tile. */
function netChange({ sums }: NoiseCurve, { from, to }: Tile): number {
  const count = Math.min(5, Math.max(1, (to.place - from.place) >> 2));
  return (
    rangeMean(sums, to.place + 1 - count, to.place + 1) - rangeMean(sums, from.place, from.place + count)
  );
}

/** The step at a place between measurements. */
function stepAt(steps: Float64Array, place: number): number {
  const below = Math.min(steps.length - 2, Math.floor(place));
  return steps[below] + (place - below) * (steps[below + 1] - steps[below]);
}

/** Half of what lies between the measurements around a place. */
export function halfGap(steps: Float64Array, place: number): number {
  const at = Math.min(steps.length - 2, place);
  return (steps[at + 1] - steps[at]) / 2;
}
