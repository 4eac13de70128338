import { backgrounds } from './backgrounds.ts';
import { effects } from './effects.ts';
import type { Batch } from './tally.ts';
import type { Cell } from './types.ts';

/** A cell and how many series of it are drawn. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly series: number;
}

export interface PlanOptions {
  /** A tenth of the series and fewer conditions: a first look, not a verdict to publish. */
  readonly quick?: boolean;
  /**
   * Series per family and length in which nothing changes. Default 2,000; quick 200. A quarter where the family does not
   * decide, and a quarter of that number beyond 1,000 values.
   */
  readonly series?: number;
  /** Lengths of series in which nothing changes. Default 40, 100, 399, 1,000 and 4,000; quick 399. */
  readonly lengths?: readonly number[];
  /** Names of backgrounds. Default all. */
  readonly families?: readonly string[];
  /** Whether changes are planted and searched for as well. Default true. */
  readonly power?: boolean;
}

/** From what no detector sees to what nobody could miss, in standard deviations of the noise. */
const sizes = [1, 2, 3, 4, 6, 10, 30, 100, 1000];
const sizesFarApart = [3, 10, 30, 100, 1000];
/** The length of the published study's series. */
const standardLength = 399;
const otherLengths = [40, 100, 1000, 4000];
/** Beyond the promise, and of series longer than this, so many times fewer are drawn. */
const FEWER = 4;
const LONG = 1000;
/** Noises in which power is compared over lengths and over the shapes of a transition. */
const plainNoises = ['white-noise', 'autoregression-0.5'];

/** What the harness simulates: every background without a change, and effects of all sizes planted in some. */
export function planHarness(options: PlanOptions = {}): PlannedCell[] {
  const { quick = false, families, power = true } = options;
  const { series = quick ? 200 : 2000, lengths = quick ? [399] : [40, 100, 399, 1000, 4000] } = options;
  const chosen = backgrounds.filter(({ name }) => families === undefined || families.includes(name));
  const nulls = lengths.flatMap((n) =>
    // What is beyond the promise is shown, not judged, and shown well enough by fewer series; long ones cost most.
    chosen.map(({ name, gated }) => ({
      cell: { background: name, effect: null, size: 0, n },
      series: Math.ceil(series / (gated ? 1 : FEWER) / (n > LONG ? FEWER : 1)),
    })),
  );
  if (!power) return nulls;
  const noises = chosen.filter(({ sd }) => sd !== undefined).map(({ name }) => name);
  const plain = noises.filter((name) => plainNoises.includes(name));
  const count = quick ? 20 : 100;
  return [
    ...nulls,
    ...planted('basic', quick ? plain : noises, standardLength, sizes, count),
    ...planted('further', plain, standardLength, sizesFarApart, quick ? 20 : 50),
    ...(quick ? [] : otherLengths).flatMap((n) => [
      ...planted('basic', plain, n, sizes, n > 1000 ? 25 : 100),
      ...planted('further', plain, n, sizesFarApart, n > 1000 ? 10 : 50),
    ]),
  ];
}

function planted(
  which: 'basic' | 'further',
  noises: readonly string[],
  n: number,
  sizesPlanted: readonly number[],
  series: number,
): PlannedCell[] {
  return effects
    .filter(({ basic, shortest }) => basic === (which === 'basic') && n >= shortest)
    .flatMap(({ name: effect }) =>
      noises.flatMap((background) =>
        sizesPlanted.map((size) => ({ cell: { background, effect, size, n }, series })),
      ),
    );
}

/** Values in a batch, about: enough to outweigh its message, few enough to keep the progress moving. */
const batchValues = 20_000;

/** A plan in parts that may be done in any order, the longest series first so that no worker is left with them. */
export function batchesOf(plan: readonly PlannedCell[]): Batch[] {
  return [...plan]
    .sort((a, b) => b.cell.n - a.cell.n)
    .flatMap(({ cell, series }) => {
      const count = Math.max(1, Math.ceil(batchValues / cell.n));
      return Array.from({ length: Math.ceil(series / count) }, (_, i) => ({
        cell,
        first: i * count,
        count: Math.min(count, series - i * count),
      }));
    });
}
