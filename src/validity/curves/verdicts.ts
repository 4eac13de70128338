import { ALLOWANCE } from '../harness/report.ts';
import type { Rate } from '../harness/types.ts';
import type { Measured } from './measure-cell.ts';
import { nullCurveNamed } from './null-curves.ts';

/** A promise about one kind of false answer in one family, and what was measured of it. */
export interface NullVerdict {
  readonly family: string;
  readonly n: number;
  /** Runs that are described together; null for a single one. */
  readonly seeds: number | null;
  /** Whether the question was asked again and again while the series grew. */
  readonly growing: boolean;
  readonly answer: 'directed' | 'moved';
  readonly rate: Rate;
}

/**
 * Holds the rates of false answers against what is promised: of a single run, and while it grows, movement where nothing
 * moves and direction where nothing has one, but for families beyond the promise; over seeds, direction in every family.
 */
export function verdictsOf(
  {
    nulls,
    growing,
    seedNulls,
  }: { readonly [Part in 'nulls' | 'growing' | 'seedNulls']: readonly Measured[Part][] },
  alpha: number,
): { readonly limit: number; readonly passed: boolean; readonly failed: readonly NullVerdict[] } {
  const limit = ALLOWANCE * alpha;
  const promises: NullVerdict[] = [
    ...nulls.flatMap((row) => ofOneRun(row, false)),
    ...growing.flatMap((row) => ofOneRun(row, true)),
    ...seedNulls.map(({ family, n, seeds, directed }): NullVerdict => {
      return { family, n, seeds, growing: false, answer: 'directed', rate: directed };
    }),
  ];
  const failed = promises.filter(({ rate }) => rate.interval[1] > limit);
  return { limit, passed: failed.length === 0, failed };
}

function ofOneRun(
  { family, n, directed, moved }: Measured['nulls'] | Measured['growing'],
  growing: boolean,
): NullVerdict[] {
  const { world } = nullCurveNamed(family);
  const common = { family, n, seeds: null, growing };
  return [
    ...(world === 'beyond' ? [] : [{ ...common, answer: 'directed' as const, rate: directed }]),
    ...(world === 'jitter' ? [{ ...common, answer: 'moved' as const, rate: moved }] : []),
  ];
}
