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
  /** Series per family and length in which nothing changes. Default 2,000; quick 200. */
  readonly series?: number;
  /** Lengths of series in which nothing changes. Default 50, 399, 1,000 and 4,000; quick 399. */
  readonly lengths?: readonly number[];
  /** Names of backgrounds. Default all. */
  readonly families?: readonly string[];
  /** Whether changes are planted and searched for as well. Default true. */
  readonly power?: boolean;
}

const sizes = [0.5, 1, 2, 3, 4, 6, 8, 10];
/** The length of the published study's series. */
const standardLength = 399;
const otherLengths = [50, 200, 1000, 4000];
/** Backgrounds in which power is compared over lengths. */
const overLengths = ['white-noise', 'autoregression-0.5'];

/** What the harness simulates: every background without a change, and effects of all sizes planted in some. */
export function planHarness(options: PlanOptions = {}): PlannedCell[] {
  const { quick = false, families, power = true } = options;
  const { series = quick ? 200 : 2000, lengths = quick ? [399] : [50, 399, 1000, 4000] } = options;
  const chosen = backgrounds.filter(({ name }) => families === undefined || families.includes(name));
  const nulls = lengths.flatMap((n) =>
    chosen
      // What is beyond the promise is shown at one length only.
      .filter(({ gated }) => gated || n === lengths[0] || n === standardLength)
      .map(({ name }) => ({ cell: { background: name, effect: null, size: 0, n }, series })),
  );
  if (!power) return nulls;
  const noises = chosen.filter(({ sd }) => sd !== undefined).map(({ name }) => name);
  const planted = (names: readonly string[], n: number, count: number): PlannedCell[] =>
    effects.flatMap(({ name: effect }) =>
      names.flatMap((background) =>
        sizes.map((size) => ({ cell: { background, effect, size, n }, series: count })),
      ),
    );
  const compared = noises.filter((name) => overLengths.includes(name));
  return [
    ...nulls,
    ...planted(quick ? compared : noises, standardLength, quick ? 20 : 100),
    ...(quick ? [] : otherLengths.flatMap((n) => planted(compared, n, n > 1000 ? 50 : 100))),
  ];
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
