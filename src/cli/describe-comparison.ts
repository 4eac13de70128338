import { plainLine } from '../errors/plain-text.ts';
import { comparisonInWords, subjectOf } from '../findings/comparison/comparison-in-words.ts';
import type { ComparedPair, ComparedQuantity, StudyComparison } from '../findings/comparison/types.ts';
import { formatInterval, formatNumber, formatPValue } from '../wording/numbers.ts';
import { formatTable } from './table.ts';

/** Verdicts in the order in which a reader wants them. */
const order: readonly ComparedQuantity['verdict'][] = [
  'differs',
  'differs by itself',
  'not told apart',
  'not tested',
  'same',
];

/** A comparison in a screenful: the answer, and what differs most surely. @param most rows that are printed. */
export function describeStudyComparison(comparison: StudyComparison, most: number): string {
  const { titles, seriesId, pairs } = comparison;
  const rows = pairs
    .flatMap((pair) => pair.quantities.map((quantity) => ({ pair, quantity })))
    .sort(
      ({ quantity: a }, { quantity: b }) =>
        order.indexOf(a.verdict) - order.indexOf(b.verdict) || (a.pValue ?? 1) - (b.pValue ?? 1),
    );
  const shown = comparison.same ? [] : rows.slice(0, most);
  const several = pairs.length > 1;
  const header = [
    ...(several ? ['network, data'] : []),
    'what',
    'A',
    'B',
    'effect',
    'interval',
    'adjusted p',
    'verdict',
  ];
  return [
    plainLine(`A: ${titles.a}`),
    plainLine(`B: ${titles.b}`),
    `Metric: ${seriesId}`,
    '',
    ...comparisonInWords(comparison).map((line) => plainLine(line)),
    ...settingsOf(pairs),
    ...(shown.length === 0
      ? []
      : [
          '',
          formatTable(
            header,
            shown.map(({ pair, quantity }) => [...(several ? [pair.title] : []), ...cells(quantity)]),
          ),
        ]),
    ...(rows.length > shown.length && shown.length > 0
      ? [`… and ${rows.length - shown.length} more (--most, --json)`]
      : []),
    ...unmatched(pairs),
  ].join('\n');
}

function cells({ a, b, scale, effect, interval, adjusted, verdict, ...subject }: ComparedQuantity): string[] {
  const sign = scale === 'ratio' ? '×' : '';
  return [
    subjectOf(subject),
    ...[a.mean, b.mean].map((value) => formatNumber(value)),
    effect === null ? '–' : `${sign}${formatNumber(effect)}`,
    formatInterval(interval),
    formatPValue(adjusted),
    verdict,
  ];
}

function settingsOf(pairs: readonly ComparedPair[]): string[] {
  const said = pairs.flatMap(({ settings }) =>
    settings.map(({ name, a, b }) => `${name}: ${a} in A, ${b} in B`),
  );
  const distinct = [...new Set(said)];
  return distinct.length === 0
    ? []
    : [plainLine(`Set differently: ${distinct.slice(0, 12).join('; ')}${distinct.length > 12 ? ' …' : ''}`)];
}

function unmatched(pairs: readonly ComparedPair[]): string[] {
  return pairs.flatMap(({ title, layers, layersOnlyIn }) => {
    const where = pairs.length > 1 ? ` (${title})` : '';
    return (['a', 'b'] as const).flatMap((side) => [
      ...(layersOnlyIn[side].length === 0
        ? []
        : [plainLine(`Layers only in ${side.toUpperCase()}${where}: ${layersOnlyIn[side].join(', ')}`)]),
      ...layers.flatMap(({ layer, onlyIn }) =>
        onlyIn[side].map((what) => plainLine(`Only in ${side.toUpperCase()}${where}: ${layer} ${what}`)),
      ),
    ]);
  });
}
