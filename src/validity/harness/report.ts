import { quantile } from '../../numerics/quantile.ts';
import { backgroundNamed } from './backgrounds.ts';
import { clusteredRate, simpleRate } from './clustered-rate.ts';
import type { Conditions, Tally } from './tally.ts';
import type { Cell, Rate } from './types.ts';

/** How often a detector invents changes in one family at one length. */
export interface FalsePositives {
  readonly family: string;
  readonly description: string;
  readonly n: number;
  readonly series: number;
  /** Share of series that the detector called not testable; they count as series without a change. */
  readonly refused: number;
  /** Share of series with any change. */
  readonly share: Rate;
  /** The same of those that could be tested; null where none could. */
  readonly shareOfTested: Rate | null;
  readonly per1000: Rate;
  /** Whether the upper end of the share's interval is within the limit; families beyond the promise do not decide. */
  readonly verdict: 'PASS' | 'FAIL';
  readonly gated: boolean;
}

/** How well a detector finds one kind and size of change. */
export interface Power {
  readonly effect: string;
  readonly background: string;
  readonly size: number;
  readonly n: number;
  readonly series: number;
  readonly refused: number;
  /** Share of planted changes found. */
  readonly recall: Rate;
  /** Share of series with a change found where none is. */
  readonly seriesWithFalse: Rate;
  /** Share of found changes that are true; null where nothing was found. */
  readonly precision: number | null;
  /** Found minus true index: median, median and 90 % quantile of the size; null where nothing was found. */
  readonly error: { readonly bias: number; readonly median: number; readonly p90: number } | null;
  /** Share of found changes whose interval holds the whole of the true one; null where there is no interval. */
  readonly coverage: Rate | null;
}

export interface ValidityReport {
  readonly detector: string;
  readonly alpha: number;
  readonly seed: number;
  /** Largest upper end of a share's 95 % interval that passes. */
  readonly limit: number;
  readonly passed: boolean;
  readonly falsePositives: readonly FalsePositives[];
  readonly power: readonly Power[];
}

/** A rate simulated at 5 % may show up to 6.5 %. */
export const ALLOWANCE = 1.3;

/** Turns tallies into rates with their intervals, and says whether the detector passes. */
export function reportOf(
  detector: string,
  { alpha, seed }: Conditions,
  tallies: readonly (readonly [Cell, Tally])[],
): ValidityReport {
  const limit = ALLOWANCE * alpha;
  const falsePositives = tallies
    .filter(([cell]) => cell.effect === null)
    .map(([cell, tally]) => falsePositivesOf(cell, tally, limit));
  return {
    detector,
    alpha,
    seed,
    limit,
    passed: falsePositives.every(({ verdict, gated }) => !gated || verdict === 'PASS'),
    falsePositives,
    power: tallies.filter(([cell]) => cell.effect !== null).map(([cell, tally]) => powerOf(cell, tally)),
  };
}

function falsePositivesOf({ background, n }: Cell, tally: Tally, limit: number): FalsePositives {
  const { series, refused, withFalse } = tally;
  const { description, gated } = backgroundNamed(background);
  const share = simpleRate(withFalse, series);
  const perStep = clusteredRate(tally.falseFound, tally.falseFoundSquares, series, n);
  return {
    family: background,
    description,
    n,
    series,
    refused: refused / series,
    share,
    shareOfTested: refused === series ? null : simpleRate(withFalse, series - refused),
    per1000: {
      value: 1000 * perStep.value,
      interval: [1000 * perStep.interval[0], 1000 * perStep.interval[1]],
    },
    verdict: share.interval[1] <= limit ? 'PASS' : 'FAIL',
    gated,
  };
}

function powerOf({ background, effect, size, n }: Cell, tally: Tally): Power {
  const { series, matched, falseFound, errors } = tally;
  const found = matched + falseFound;
  const distances = errors.map(Math.abs);
  return {
    effect: effect!,
    background,
    size,
    n,
    series,
    refused: tally.refused / series,
    recall: clusteredRate(matched, tally.matchedSquares, series, tally.planted / series),
    seriesWithFalse: simpleRate(tally.withFalse, series),
    precision: found === 0 ? null : matched / found,
    error:
      errors.length === 0
        ? null
        : { bias: quantile(errors, 0.5), median: quantile(distances, 0.5), p90: quantile(distances, 0.9) },
    coverage: tally.withInterval === 0 ? null : simpleRate(tally.covered, tally.withInterval),
  };
}
