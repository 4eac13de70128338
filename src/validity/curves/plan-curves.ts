import type { NullCell } from './measure-nulls.ts';
import type { PowerCell } from './measure-power.ts';
import type { SeedTimingCell } from './measure-seeds.ts';
import { nullCurves } from './null-curves.ts';
import type { Place } from './shapes.ts';

export interface CurvePlanOptions {
  /** A tenth of the series, at one length: a first look. */
  readonly quick?: boolean;
  /** Series per null family and length, a quarter beyond 1,000; default 2,000, quick 200. The other parts take a share of it. */
  readonly series?: number;
  /** Lengths of series in which nothing has a direction. Default 40, 100, 400, 1,000 and 4,000; quick 400. */
  readonly lengths?: readonly number[];
  /** Names of null families. Default all. */
  readonly families?: readonly string[];
  /** What is measured. Default everything. */
  readonly parts?: readonly CurvePart[];
}

/** What is simulated. */
export interface CurvePlan {
  readonly nulls: readonly NullCell[];
  readonly growing: readonly NullCell[];
  readonly power: readonly PowerCell[];
  readonly seedNulls: readonly (NullCell & { readonly seeds: number })[];
  readonly seedTimings: readonly SeedTimingCell[];
}

export type CurvePart = keyof CurvePlan;

export const curveParts: readonly CurvePart[] = ['nulls', 'growing', 'power', 'seedNulls', 'seedTimings'];

/** Families whose curves are watched while they grow: the hardest of either world, and the plainest. */
const WATCHED = ['white-noise', 'autoregression-0.8', 'random-walk', 'walk-dependent'];
const WIDTHS = [1, 3, 5, 10, 20, 50];
const PLACES: readonly Place[] = ['middle', 'start', 'end'];
/** The length at which all is measured in full: that of the published study's runs, about. */
const STANDARD_LENGTH = 400;

/** Of series longer than this, which cost most, so many times fewer are drawn. */
const LONG = 1000;
const FEWER = 4;

/** The cells of `measureStretches`. */
export function planCurves({
  quick = false,
  series = quick ? 200 : 2000,
  lengths = quick ? [STANDARD_LENGTH] : [40, 100, STANDARD_LENGTH, 1000, 4000],
  families = nullCurves.map(({ name }) => name),
  parts = curveParts,
}: CurvePlanOptions = {}): CurvePlan {
  const part = (share: number): number => Math.max(10, Math.round(series * share));
  const atLength = (n: number): number => part(n > LONG ? 1 / FEWER : 1);
  const chosen = nullCurves.filter(({ name }) => families.includes(name));
  const watched = chosen.filter(({ name }) => WATCHED.includes(name));
  const overSeeds = chosen.filter(({ name, world }) => world !== 'jitter' || WATCHED.includes(name));
  const longest = Math.min(STANDARD_LENGTH, Math.max(...lengths));
  const plan: CurvePlan = {
    nulls: lengths.flatMap((n) => chosen.map(({ name }) => ({ family: name, n, series: atLength(n) }))),
    growing: watched.map(({ name }) => ({ family: name, n: longest, series: part(0.1) })),
    power: powerCells(part(0.05), quick),
    seedNulls: [2, 3, 5].flatMap((seeds) =>
      overSeeds.map(({ name }) => ({ family: name, seeds, n: longest, series: part(0.2) })),
    ),
    seedTimings: timingCells(part(0.15)),
  };
  return Object.fromEntries(
    curveParts.map((name) => [name, parts.includes(name) ? plan[name] : []]),
  ) as unknown as CurvePlan;
}

function powerCells(series: number, quick: boolean): PowerCell[] {
  const single = (n: number, phi: number, sizes: readonly number[]): PowerCell[] =>
    sizes.flatMap((size) =>
      ['ramp', 'logistic'].flatMap((shape) =>
        WIDTHS.filter((width) => width <= n / 5 && (shape === 'ramp' || width > 1)).flatMap((width) =>
          PLACES.map((place) => ({ shape, width, place, size, phi, n, series })),
        ),
      ),
    );
  if (quick) return single(399, 0, [8, 1000]);
  const others = ['kink', 'collapse-and-recovery', 'overshoot', 'plateau-then-rise'].flatMap((shape) =>
    [8, 15, 30, 100, 1000].map((size) => ({
      ...{ shape, width: 20, place: 'middle' as const, size, phi: 0, n: 399, series },
    })),
  );
  return [
    ...single(399, 0, [3, 8, 15, 30, 100, 1000]),
    ...single(399, 0.5, [8, 15, 30, 100, 1000]),
    ...single(100, 0, [8, 30, 1000]),
    ...single(40, 0, [8, 30, 1000]),
    ...single(1000, 0, [8, 1000]),
    ...others,
  ];
}

function timingCells(series: number): SeedTimingCell[] {
  const events = [
    { shape: 'ramp', width: 50, size: 8, timingSd: 10 },
    { shape: 'ramp', width: 10, size: 8, timingSd: 10 },
    { shape: 'ramp', width: 3, size: 8, timingSd: 20 },
    { shape: 'ramp', width: 20, size: 30, timingSd: 20 },
    { shape: 'logistic', width: 20, size: 30, timingSd: 10 },
  ];
  return [0, 0.3].flatMap((walk) =>
    events.flatMap((event) => [3, 5].map((seeds) => ({ ...event, walk, seeds, n: 400, series }))),
  );
}
