import type { NullCell } from './measure-nulls.ts';
import type { PowerCell } from './measure-power.ts';
import type { SeedTimingCell } from './measure-seeds.ts';
import { nullCurves } from './null-curves.ts';
import type { Place } from './shapes.ts';

export interface CurvePlanOptions {
  /** Series per null family and length. Default 400; other parts take a share of it. */
  readonly series?: number;
  /** Lengths of series in which nothing has a direction. Default 40, 100, 400, 1,000. */
  readonly lengths?: readonly number[];
  /** Names of null families. Default all. */
  readonly families?: readonly string[];
  /** Whether known movements are searched for as well. Default true. */
  readonly power?: boolean;
}

/** What is simulated. */
export interface CurvePlan {
  readonly nulls: readonly NullCell[];
  readonly growing: readonly NullCell[];
  readonly power: readonly PowerCell[];
  readonly seedNulls: readonly (NullCell & { readonly seeds: number })[];
  readonly seedTimings: readonly SeedTimingCell[];
}

/** Families whose curves are watched while they grow: the hardest of either world, and the plainest. */
const WATCHED = ['white-noise', 'autoregression-0.8', 'random-walk', 'walk-dependent'];
const WIDTHS = [1, 3, 5, 10, 20, 50];
const PLACES: readonly Place[] = ['middle', 'start', 'end'];

/** The cells of `measureStretches`. */
export function planCurves({
  series = 400,
  lengths = [40, 100, 400, 1000],
  families = nullCurves.map(({ name }) => name),
  power = true,
}: CurvePlanOptions = {}): CurvePlan {
  const part = (share: number): number => Math.max(10, Math.round(series * share));
  const watched = WATCHED.filter((family) => families.includes(family));
  const walks = nullCurves.filter(({ name, world }) => world !== 'jitter' && families.includes(name));
  const plain = families.includes('white-noise') ? ['white-noise', 'autoregression-0.8'] : [];
  return {
    nulls: lengths.flatMap((n) => families.map((family) => ({ family, n, series }))),
    growing: watched.map((family) => ({
      family,
      n: Math.min(400, Math.max(...lengths)),
      series: part(0.25),
    })),
    seedNulls: [3, 5].flatMap((seeds) =>
      [...plain, ...walks.map(({ name }) => name)].map((family) => ({
        ...{ family, seeds, n: Math.min(400, Math.max(...lengths)), series: part(0.25) },
      })),
    ),
    power: power ? powerCells(part(0.15)) : [],
    seedTimings: power ? timingCells(part(0.25)) : [],
  };
}

function powerCells(series: number): PowerCell[] {
  const single = (n: number, size: number, phi: number): PowerCell[] =>
    ['ramp', 'logistic'].flatMap((shape) =>
      WIDTHS.filter((width) => width <= n / 5 && (shape === 'ramp' || width > 1)).flatMap((width) =>
        PLACES.map((place) => ({ shape, width, place, size, phi, n, series })),
      ),
    );
  const others = ['kink', 'collapse-and-recovery', 'overshoot', 'plateau-then-rise'].flatMap((shape) =>
    [8, 15, 30, 100].map((size) => ({
      ...{ shape, width: 20, place: 'middle' as const, size, phi: 0, n: 399, series },
    })),
  );
  return [
    ...[3, 8, 30, 100, 1000].flatMap((size) => single(399, size, 0)),
    ...[8, 15, 100].flatMap((size) => single(399, size, 0.5)),
    ...[8, 30, 1000].flatMap((size) => single(100, size, 0)),
    ...[8, 30, 1000].flatMap((size) => single(40, size, 0)),
    ...[8].flatMap((size) => single(1000, size, 0)),
    ...others,
  ];
}

function timingCells(series: number): SeedTimingCell[] {
  const events = [
    { shape: 'ramp', width: 50, size: 8, timingSd: 10 },
    { shape: 'ramp', width: 10, size: 8, timingSd: 10 },
    { shape: 'ramp', width: 3, size: 8, timingSd: 20 },
    { shape: 'ramp', width: 20, size: 30, timingSd: 20 },
  ];
  return [0, 0.3].flatMap((walk) =>
    events.flatMap((event) => [3, 5].map((seeds) => ({ ...event, walk, seeds, n: 400, series }))),
  );
}
