import { InputError } from '../../errors/input-error.ts';
import { benjaminiHochberg } from '../../numerics/multiple-testing.ts';
import type { Stretch } from './types.ts';

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

/** What of a description the procedure looks at. */
export type TestedCurve =
  | {
      readonly described: true;
      readonly alpha: number;
      readonly stretches: readonly Pick<Stretch, 'kind' | 'pValue'>[];
    }
  | { readonly described: false };

/**
 * Among a hundred curves without a direction, described at 0.05, some five will show a rise or fall. This holds the false
 * discovery rate over curves instead: by the procedure of Benjamini & Hochberg (1995) on the smallest p-value of each
 * curve's rises and falls (a curve without any enters with 1), and within the curves that it selects up to `rate` times the
 * share selected (Benjamini & Bogomolov 2014).
 *
 * @param descriptions of single runs, or over seeds, made at an alpha of `rate` or more.
 * @param rate false discovery rate.
 * @throws InputError where a description was made at a smaller alpha, which has hidden stretches that might hold.
 * @example
 * const steps = Float64Array.from({ length: 200 }, (_, i) => 10 * i);
 * const values = steps.map((_, i) => (i < 100 ? 4 : 9) + 0.1 * Math.sin(i * i));
 * const { found, holding } = stretchesThatHold([describeCurve({ steps, values })], 0.05);
 * found // 1
 * holding // 1
 */
export function stretchesThatHold(descriptions: readonly TestedCurve[], rate: number): HoldingStretches {
  const pValues: number[][] = [];
  for (const description of descriptions) {
    if (!description.described) continue;
    const { alpha, stretches } = description;
    if (alpha < rate)
      throw new InputError({ field: 'rate', value: rate, allowed: `at most the curves' alpha, ${alpha}` });
    pValues.push(stretches.filter(isDirected).map(({ pValue }) => pValue ?? 1));
  }
  const adjusted = benjaminiHochberg(pValues.map((own) => Math.min(1, ...own)));
  const selected = adjusted.filter((value) => value <= rate).length;
  const threshold = pValues.length === 0 ? 0 : (rate * selected) / pValues.length;
  const all = pValues.flat();
  return {
    ...{ method: 'Benjamini-Hochberg over series', rate, series: pValues.length, threshold },
    found: all.length,
    holding: all.filter((pValue) => pValue <= threshold).length,
  };
}

/**
 * Whether a rise or fall holds when all curves are looked at together; null for level and wander, which claim no direction.
 *
 * @param threshold of `stretchesThatHold`, over the curves that the stretch is one of.
 * @example
 * const steps = Float64Array.from({ length: 200 }, (_, i) => 10 * i);
 * const curve = describeCurve({ steps, values: steps.map((_, i) => (i < 100 ? 4 : 9) + 0.1 * Math.sin(i * i)) });
 * const control = stretchesThatHold([curve], 0.05);
 * curve.described && curve.stretches.map((stretch) => holdsAmongAll(stretch, control)) // [null, true, null]
 */
export function holdsAmongAll(stretch: Stretch, { threshold }: HoldingStretches): boolean | null {
  return isDirected(stretch) ? (stretch.pValue ?? 1) <= threshold : null;
}

function isDirected({ kind }: Pick<Stretch, 'kind'>): boolean {
  return kind === 'rise' || kind === 'fall';
}
