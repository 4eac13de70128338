import type { Series } from '../../detectors/types.ts';
import { describeSeeds } from '../../dynamics/stretches/describe-seeds.ts';
import type { SeedStretch } from '../../dynamics/stretches/seeds/types.ts';
import { createRandom, type Random } from '../../numerics/random.ts';
import { simpleRate } from '../harness/clustered-rate.ts';
import type { Rate } from '../harness/types.ts';
import type { MeasureOptions, NullCell } from './measure-nulls.ts';
import { nullCurveNamed } from './null-curves.ts';
import { drawShape, shapeNamed } from './shapes.ts';

/** Seeds whose curves have nothing in common. */
export interface SeedNullRates extends NullCell {
  readonly seeds: number;
  /** Share of sets of seeds with a rise or fall. */
  readonly directed: Rate;
  readonly moved: Rate;
}

/** Counts false answers of `describeSeeds`; `series` of the cell are sets of seeds. */
export function measureSeedNull(
  cell: NullCell & { readonly seeds: number },
  { alpha = 0.05, seed = 0 }: MeasureOptions = {},
): SeedNullRates {
  const { draw } = nullCurveNamed(cell.family);
  const rng = createRandom(seed)
    .fork('seeds without a change')
    .fork(cell.family)
    .fork(cell.n)
    .fork(cell.seeds);
  let [directed, moved] = [0, 0];
  for (let i = 0; i < cell.series; i++) {
    const stretches = stretchesOf(cell.seeds, cell.n, (j) => draw(cell.n, rng.fork(i).fork(j)), alpha);
    if (stretches.some(({ kind }) => kind === 'rise' || kind === 'fall')) directed++;
    if (stretches.some(({ kind }) => kind !== 'level')) moved++;
  }
  return { ...cell, directed: simpleRate(directed, cell.series), moved: simpleRate(moved, cell.series) };
}

/** Seeds that all make one movement, each at its own time, in jitter of sd 1. */
export interface SeedTimingCell {
  readonly shape: string;
  readonly width: number;
  readonly size: number;
  /** sd of the time at which a seed makes it, in measurements. */
  readonly timingSd: number;
  /** sd of the increments of a walk of each seed's own. */
  readonly walk: number;
  readonly seeds: number;
  readonly n: number;
  /** Sets of seeds. */
  readonly series: number;
}

export interface SeedTiming extends SeedTimingCell {
  readonly found: Rate;
  /** Of the found, how often the interval holds the time of all such seeds; null where none is found. */
  readonly halfHeld: Rate | null;
  readonly startHeld: Rate | null;
  readonly endHeld: Rate | null;
}

/**
 * Counts how often `describeSeeds` finds a movement that all seeds make, and how often its timing intervals hold the
 * mean time over all such seeds.
 *
 * @example
 * measureSeedTiming({ shape: 'ramp', width: 10, size: 8, timingSd: 10, walk: 0, seeds: 3, n: 400, series: 100 });
 */
export function measureSeedTiming(
  cell: SeedTimingCell,
  { alpha = 0.05, seed = 0 }: MeasureOptions = {},
): SeedTiming {
  const { shape, width, size, timingSd, walk, seeds, n } = cell;
  const rng = createRandom(seed)
    .fork('seed timing')
    .fork(JSON.stringify({ ...cell, series: 0 }));
  const [movement] = shapeNamed(shape).movements(n, width, size, 'middle');
  const runOf = (random: Random): Float64Array => {
    const start = Math.round(movement.start + timingSd * random.normal());
    let level = 0;
    return drawShape([{ ...movement, start }], n).map((value) => {
      level += walk * random.normal();
      return value + level + random.normal();
    });
  };
  let [found, half, start, end] = [0, 0, 0, 0];
  for (let i = 0; i < cell.series; i++) {
    const stretches = stretchesOf(seeds, n, (j) => runOf(rng.fork(i).fork(j)), alpha);
    const middle = movement.start + width / 2;
    const rises = stretches.filter(({ kind, timing }) => kind === 'rise' && timing !== null);
    const rise = rises.find(
      ({ from, to }) => from.step <= middle + 2 * timingSd && to.step >= middle - 2 * timingSd,
    );
    if (!rise?.timing) continue;
    found++;
    if (holds(rise.timing.half.interval, middle)) half++;
    if (holds(rise.timing.start.interval, movement.start)) start++;
    if (holds(rise.timing.end.interval, movement.start + width)) end++;
  }
  const of = (count: number): Rate | null => (found === 0 ? null : simpleRate(count, found));
  return {
    ...cell,
    found: simpleRate(found, cell.series),
    ...{ halfHeld: of(half), startHeld: of(start), endHeld: of(end) },
  };
}

function holds(interval: readonly [number, number] | null, time: number): boolean {
  return interval !== null && interval[0] <= time && time <= interval[1];
}

function stretchesOf(
  seeds: number,
  n: number,
  run: (seed: number) => Float64Array,
  alpha: number,
): readonly SeedStretch[] {
  const steps = Float64Array.from({ length: n }, (_, i) => i);
  const runs = Array.from({ length: seeds }, (_, j): Series => ({ steps, values: run(j) }));
  const described = describeSeeds(runs, { alpha });
  return described.described ? described.stretches : [];
}
