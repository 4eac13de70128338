import { createRandom, type Random } from '../../numerics/random.ts';
import { plantChanges } from '../null-models/planted-changes.ts';
import type { PlantedSeries } from '../null-models/types.ts';
import { backgroundNamed } from './backgrounds.ts';
import { effectNamed } from './effects.ts';
import { type Extent, matchChanges } from './match-changes.ts';
import type { Cell, DetectorUnderTest } from './types.ts';

/** Counts over the series of a cell. Tallies of parts add up to that of the whole. */
export interface Tally {
  series: number;
  /** Series that the detector called not testable. */
  refused: number;
  /** Series with at least one change found where none is. */
  withFalse: number;
  /** Changes found where none is, and their squares summed over series. */
  falseFound: number;
  falseFoundSquares: number;
  planted: number;
  matched: number;
  matchedSquares: number;
  /** Found minus true index of every match. */
  errors: number[];
  /** Matches whose detector gave an interval, and of those how many held the whole of the true change. */
  withInterval: number;
  covered: number;
}

/** The series `first` … `first + count − 1` of a cell. */
export interface Batch {
  readonly cell: Cell;
  readonly first: number;
  readonly count: number;
}

/** What holds for a whole run of the harness. */
export interface Conditions {
  readonly alpha: number;
  readonly seed: number;
}

/** Draws the series of a batch, each from its own seed, and counts what the detector says of them. */
export function tallyBatch(
  detect: DetectorUnderTest,
  { cell, first, count }: Batch,
  { alpha, seed }: Conditions,
): Tally {
  const rng = createRandom(seed)
    .fork(cell.background)
    .fork(cell.n)
    .fork(cell.effect ?? 'nothing')
    .fork(cell.size);
  const margin = cell.effect === null ? 0 : effectNamed(cell.effect).margin(cell.n);
  const tally = emptyTally();
  for (let i = first; i < first + count; i++) {
    const { values, changes } = drawSeries(cell, rng.fork(i));
    // A ramp begins at its index and is complete `width` later.
    const planted = changes
      .map(({ index, width }): Extent => ({ first: index, last: index + width - 1 }))
      .sort((a, b) => a.first - b.first);
    countSeries(tally, detect(values, alpha), planted, margin);
  }
  return tally;
}

export function emptyTally(): Tally {
  return {
    series: 0,
    refused: 0,
    withFalse: 0,
    falseFound: 0,
    falseFoundSquares: 0,
    planted: 0,
    matched: 0,
    matchedSquares: 0,
    errors: [],
    withInterval: 0,
    covered: 0,
  };
}

/** Adds the counts of `part` to `sum`. */
export function addTally(sum: Tally, { errors, ...counts }: Tally): void {
  for (const [name, count] of Object.entries(counts) as [keyof typeof counts, number][]) sum[name] += count;
  sum.errors = sum.errors.concat(errors);
}

function drawSeries({ background, effect, size, n }: Cell, rng: Random): PlantedSeries {
  const { draw, sd, name } = backgroundNamed(background);
  const values = draw(n, rng);
  if (effect === null) return { values, changes: [] };
  if (sd === undefined) throw new RangeError(`${name} has no noise scale to measure effects by`);
  return plantChanges(
    values,
    effectNamed(effect).plant(n, size, (t) => sd(t, n), rng),
  );
}

function countSeries(
  tally: Tally,
  found: ReturnType<DetectorUnderTest>,
  planted: readonly Extent[],
  margin: number,
): void {
  tally.series++;
  tally.planted += planted.length;
  if (found === null) {
    tally.refused++;
    return;
  }
  const sorted = [...found].sort((a, b) => a.index - b.index);
  const matches = matchChanges(
    sorted.map(({ index }) => index),
    planted,
    margin,
  );
  const unmatched = sorted.length - matches.length;
  if (unmatched > 0) tally.withFalse++;
  tally.falseFound += unmatched;
  tally.falseFoundSquares += unmatched ** 2;
  tally.matched += matches.length;
  tally.matchedSquares += matches.length ** 2;
  for (const match of matches) {
    tally.errors.push(match.error);
    const { first, last } = planted[match.planted];
    const { interval } = sorted[match.found];
    if (interval === null) continue;
    tally.withInterval++;
    // A change from `first` to `last` begins after `first − 1`; a step lies between `first − 1` and `first`.
    if (interval[0] < first && last <= interval[1]) tally.covered++;
  }
}
