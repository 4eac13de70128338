import { counted, coverage } from '../../wording/sentences.ts';
import type { ComparedQuantity, StudyComparison } from './types.ts';

/** What a comparison says, a sentence each, the answer first. */
export function comparisonInWords(comparison: StudyComparison): string[] {
  const { titles, pairs, onlyIn, rate, tested, differingAlone, same } = comparison;
  const missing = (['a', 'b'] as const).flatMap((side) =>
    onlyIn[side].length === 0 ? [] : [`Only in ${titles[side]}: ${onlyIn[side].join('; ')}.`],
  );
  if (same) return ['No difference: the two are the same, number for number.'];
  if (pairs.length === 0)
    return ['Nothing to compare: no network, data or condition is on both sides.', ...missing];
  const untested = pairs
    .flatMap(({ quantities }) => quantities)
    .filter(({ verdict }) => verdict === 'not tested');
  const reason = untested[0]?.reason;
  return [
    tested === 0 ? `No difference could be tested${reason ? `: ${reason}` : ''}.` : answer(comparison),
    ...(tested === 0
      ? []
      : [
          `${counted(tested, 'number was', 'numbers were')} compared, with the spread between seeds; the share of false ones among those that differ is held at ${rate} (Benjamini and Hochberg). By themselves ${differingAlone} would be called different, where ${Number((rate * tested).toPrecision(2))} are expected by chance alone. Intervals are ${coverage(rate)}, each for itself.`,
        ]),
    ...(tested > 0 && untested.length > 0
      ? [`${counted(untested.length, 'number')} could not be tested, e.g. because ${reason}.`]
      : []),
    ...missing,
  ];
}

function answer({ differing, pairs, tested }: StudyComparison): string {
  if (differing === 0) return 'No difference is shown.';
  const where = pairs.filter(({ quantities }) => quantities.some(({ verdict }) => verdict === 'differs'));
  const of = pairs.length === 1 ? '' : `, in ${where.length} of ${counted(pairs.length, 'pair')} of groups`;
  return `${differing} of ${counted(tested, 'number')} ${differing === 1 ? 'differs' : 'differ'}${of}.`;
}

/** What of a group or layer was compared, e.g. `network.0, fall 1, half-way step`. */
export function subjectOf({
  kind,
  layer,
  stretch,
}: Pick<ComparedQuantity, 'kind' | 'layer' | 'stretch'>): string {
  return [layer, stretch, kind].filter((part) => part !== null).join(', ');
}
