import { benjaminiHochberg } from '../../numerics/multiple-testing.ts';

/** Which changes of runs as a whole hold when all of them are looked at together. */
export interface HoldingRunChanges {
  readonly method: 'Benjamini-Hochberg over runs';
  /** The false discovery rate that is held: the expected share of false ones among the runs with a change. */
  readonly rate: number;
  /** Runs, or groups of seeds, that could be tested; those with a change; and those of them with one that holds. */
  readonly tested: number;
  readonly changed: number;
  readonly holding: number;
  /** Changes with a p-value of at most this hold; 0 where none does. */
  readonly threshold: number;
}

/** What of the answer about a run the procedure looks at; see `RunChanges`. */
export type TestedRun =
  | {
      readonly testable: true;
      readonly pValue: number;
      readonly changes: readonly { readonly pValue: number }[];
    }
  | { readonly testable: false };

/**
 * Of a hundred runs in which nothing changes some show a change at 0.05. This holds the false discovery rate over runs
 * instead, by the procedure of Benjamini & Hochberg (1995) on their p-values, and within the runs that it selects up to `rate` times the share
 * selected (Benjamini & Bogomolov 2014).
 *
 * @param results of single runs, or of groups of seeds.
 * @param rate false discovery rate; that of the tests, or less.
 * @example
 * changesThatHold([{ testable: false, reason: 'no past' }], 0.05).tested // 0
 */
export function changesThatHold(results: readonly TestedRun[], rate: number): HoldingRunChanges {
  const tested = results.flatMap((result) => (result.testable ? [result] : []));
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue));
  const selected = adjusted.filter((value) => value <= rate).length;
  const threshold = tested.length === 0 ? 0 : (rate * selected) / tested.length;
  return {
    ...{ method: 'Benjamini-Hochberg over runs', rate, threshold },
    tested: tested.length,
    changed: tested.filter(({ changes }) => changes.length > 0).length,
    holding: tested.filter(({ changes }) => changes.some(({ pValue }) => pValue <= threshold)).length,
  };
}
