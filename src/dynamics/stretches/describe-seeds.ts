import type { Series } from '../../detectors/types.ts';
import { checkedAlpha } from './checked-alpha.ts';
import { countObstacle, inUnit, powerOfTwoBelow, stepsObstacle } from './curve-points.ts';
import { tileCurve } from './division/tile-curve.ts';
import { typicalJitter } from './noise/jitter.ts';
import { noiseOfSeries } from './noise/known-noise.ts';
import { outlineOf, type Scale } from './outline.ts';
import { commonSteps } from './seeds/common-steps.ts';
import { bandOf } from './seeds/mean-band.ts';
import { meanCurve } from './seeds/mean-curve.ts';
import { overSeeds } from './seeds/over-seeds.ts';
import { poolWindows } from './seeds/pooled-windows.ts';
import { seedTurns } from './seeds/seed-turns.ts';
import { halfGap, ownStrengths, seedsInTile } from './seeds/seeds-in-tile.ts';
import type { SeedsDescription } from './seeds/types.ts';
import { smoothed } from './smoothed.ts';
import { windowsOf, windowsOfAllWidths, windowsOfEachWidth } from './windows/scale-windows.ts';
import { movedTail, pooledTail } from './windows/thresholds.ts';

export interface DescribeSeedsOptions {
  /** As in `describeCurve`, for the seeds together. Default 0.05. */
  readonly alpha?: number;
}

/**
 * Says what runs do that differ in the seed alone: the stretches of their mean, and of each its timing and amplitude over
 * the seeds, with intervals for seeds like these.
 *
 * Moved: the mean goes beyond the jitter of a mean. Rising or falling: it goes further than the spread between the seeds
 * explains even without the seed most in favor, so that what one run does by itself is not taken for what they do. The
 * steps at which all runs have a value are used. Runs of different settings are not seeds: describe them apart.
 *
 * @param runs at least 2, the same quantity of each.
 * @throws InputError where `alpha` is not between 0.0001 and 0.2.
 * @example
 * const steps = Float64Array.from({ length: 100 }, (_, i) => i);
 * const runOf = (seed: number) => steps.map((i) => (i < 50 + seed ? 3 : 8) + Math.sin((seed + 1) * i * i) / 10);
 * const seeds = describeSeeds([0, 1, 2].map((seed) => ({ steps, values: runOf(seed) })));
 * if (seeds.described) seeds.stretches[1].timing?.half.value; // about 50.5
 */
export function describeSeeds(runs: readonly Series[], options: DescribeSeedsOptions = {}): SeedsDescription {
  const alpha = checkedAlpha(options.alpha ?? 0.05);
  const k = runs.length;
  if (k < 2)
    return {
      described: false,
      reason: `${k} ${k === 1 ? 'run' : 'runs'}; at least 2 seeds are needed`,
      dropped: 0,
    };
  for (const [j, run] of runs.entries()) {
    const reason = stepsObstacle(run);
    if (reason !== null) return { described: false, reason: `run ${j + 1}: ${reason}`, dropped: 0 };
  }
  const common = commonSteps(runs);
  const n = common.steps.length;
  const reason = countObstacle(n, common.dropped);
  if (reason !== null)
    return { described: false, reason: `in all ${k} runs: ${reason}`, dropped: common.dropped };
  const unit = powerOfTwoBelow(common.values);
  const scale: Scale = { steps: common.steps, indices: common.steps.map((_, i) => i), unit };
  const seeds = common.values.map((values) => noiseOfSeries(values, inUnit(values, unit), unit));
  const jittery = seeds.map(({ jitter }) => jitter);
  const mean = meanCurve(jittery);
  const windows = seeds.map((seed) => windowsOfEachWidth(n, (width) => windowsOf(seed, width)));
  const scales = windowsOfAllWidths(n, (width) => poolWindows(windows.map((own) => own(width))));
  const tiled = tileCurve(mean, scales, { moved: movedTail(n), directed: pooledTail(n) }, alpha);
  const { stretches, turningPoints } = outlineOf(tiled, mean, scale, smoothed(mean, tiled.tiles));
  const turns = jittery.map((seed) => seedTurns(seed, tiled.turns, tiled.tiles));
  const strengths = ownStrengths(windows, n, tiled.tiles);
  const { sd, memory } = typicalJitter(mean);
  return {
    ...{ described: true, alpha, seeds: k, measurements: n, dropped: common.dropped },
    curve: bandOf(common.steps, common.values),
    stretches: stretches.map((stretch, s) => ({
      ...stretch,
      ...seedsInTile(jittery, strengths, tiled.tiles, s, scale, alpha),
    })),
    turningPoints: turningPoints.map((point, t) => ({
      ...point,
      places: overSeeds(
        turns.map((places) => common.steps[places[t]]),
        halfGap(common.steps, point.index),
      ),
    })),
    noise: { sd: sd * unit, memory },
  };
}
