import { type Strength, strengthsOf } from '../division/tile-strength.ts';
import type { Tile } from '../division/tiles.ts';
import type { JitteryCurve } from '../noise/jitter.ts';
import { rangeMean } from '../noise/range-sums.ts';
import type { Scale } from '../outline.ts';
import { type ScaleWindows, windowsOfAllWidths } from '../windows/scale-windows.ts';
import { directedTail, movedTail } from '../windows/thresholds.ts';
import { type OverSeeds, overSeeds } from './over-seeds.ts';
import { seedTransition } from './seed-transition.ts';
import type { SeedStretch } from './types.ts';

/**
 * How surely each seed by itself shows each tile of the mean: [seed][tile].
 *
 * @param seeds the windows of each.
 * @param n number of measurements.
 */
export function ownStrengths(
  seeds: readonly ((scale: number) => ScaleWindows)[],
  n: number,
  tiles: readonly Tile[],
): Strength[][] {
  const tails = { moved: movedTail(n), directed: directedTail(n) };
  return seeds.map((windows) => strengthsOf(tiles, windowsOfAllWidths(n, windows)(), n, tails));
}

/** What the seeds do in a tile of the mean. */
export function seedsInTile(
  seeds: readonly JitteryCurve[],
  strengths: readonly (readonly Strength[])[],
  tiles: readonly Tile[],
  k: number,
  scale: Scale,
  alpha: number,
): Pick<SeedStretch, 'showing' | 'amplitudes' | 'timing'> {
  const tile = tiles[k];
  const showing = tile.kind === 'level' ? null : strengths.filter((own) => own[k].moved <= alpha).length;
  if (tile.transition === null) {
    const amplitudes = seeds.map((seed) => netChange(seed, tile) * scale.unit);
    return { showing, amplitudes: overSeeds(amplitudes), timing: null };
  }
  const transitions = tiles.map(({ transition }) => transition);
  const neighbors = {
    before: transitions.slice(0, k).findLast((other) => other !== null) ?? null,
    after: transitions.slice(k + 1).find((other) => other !== null) ?? null,
  };
  const made = seeds.map((seed, j) => seedTransition(seed, tile, strengths[j][k], neighbors));
  const timing = (place: 'start' | 'half' | 'end'): OverSeeds | null =>
    withinRun(
      overSeeds(
        made.map((own) => own && stepAt(scale.steps, own[place])),
        halfGap(scale.steps, tile.from.place),
      ),
      scale.steps,
    );
  const [start, half, end] = [timing('start'), timing('half'), timing('end')];
  const amplitudes = overSeeds(made.map((own) => own && own.amplitude * scale.unit));
  return { showing, amplitudes, timing: start && half && end && { start, half, end } };
}

/** Nothing begins before the first measurement, or ends after the last: an interval of few seeds may say so. */
function withinRun(timing: OverSeeds | null, steps: Float64Array): OverSeeds | null {
  if (timing === null || timing.interval === null) return timing;
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const [low, high] = timing.interval;
  return { ...timing, interval: [Math.max(first, low), Math.min(last, high)] };
}

/** Difference of the means of a few values at the ends of a tile. */
function netChange({ sums }: JitteryCurve, { from, to }: Tile): number {
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
