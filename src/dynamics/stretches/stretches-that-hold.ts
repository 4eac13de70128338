import { InputError } from '../../errors/input-error.ts';
import { benjaminiHochberg } from '../../numerics/multiple-testing.ts';
import type { SeedsDescription } from './seeds/types.ts';
import type { CurveDescription, Stretch } from './types.ts';

/** Which rises and falls hold when all curves of a study are looked at together. */
export interface HoldingStretches {
  readonly method: 'Benjamini-Hochberg over series';
  /** The false discovery rate that is held: the expected share of false series among those with a rise or fall. */
  readonly rate: number;
  /** Series that could be described. */
  readonly series: number;
  /** Rises and falls in them, and those of them that hold. */
  readonly found: number;
  readonly holding: number;
  /** Rises and falls with a p-value of at most this hold; 0 where none does. */
  readonly threshold: number;
}

/**
 * Among a hundred curves without a direction, described at 0.05, some five will show a rise or fall. This holds the false
 * discovery rate over curves instead: by the procedure of Benjamini & Hochberg (1995) on the smallest p-value of each
 * curve's rises and falls (a curve without any enters with 1), and within the curves that it selects up to `rate` times the
 * share selected (Benjamini & Bogomolov 2014).
 *
 * @param descriptions made at an alpha of `rate` or more.
 * @param rate false discovery rate.
 * @throws InputError where a description was made at a smaller alpha, which has hidden stretches that might hold.
 * @example
 * const steps = Float64Array.from({ length: 200 }, (_, i) => 10 * i);
 * const values = steps.map((_, i) => (i < 100 ? 4 : 9) + 0.1 * Math.sin(i * i));
 * const { found, holding } = stretchesThatHold([describeCurve({ steps, values })], 0.05);
 * found // 1
 * holding // 1
 */
export function stretchesThatHold(
  descriptions: readonly (CurveDescription | SeedsDescription)[],
  rate: number,
): HoldingStretches {
  const curves = descriptions.flatMap((description) => (description.described ? [description] : []));
  const strict = curves.find(({ alpha }) => alpha < rate);
  if (strict !== undefined) {
    throw new InputError({
      field: 'rate',
      value: rate,
      allowed: `at most the curves' alpha, ${strict.alpha}`,
    });
  }
  const pValues = curves.map(({ stretches }) =>
    stretches.filter(isDirected).map(({ pValue }) => pValue ?? 1),
  );
  const adjusted = benjaminiHochberg(pValues.map((own) => Math.min(1, ...own)));
  const selected = adjusted.filter((value) => value <= rate).length;
  const threshold = curves.length === 0 ? 0 : (rate * selected) / curves.length;
  const all = pValues.flat();
  return {
    ...{ method: 'Benjamini-Hochberg over series', rate, series: curves.length, threshold },
    found: all.length,
    holding: all.filter((pValue) => pValue <= threshold).length,
  };
}

function isDirected({ kind }: Stretch): boolean {
  return kind === 'rise' || kind === 'fall';
}
