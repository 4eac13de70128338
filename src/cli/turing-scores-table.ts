import type { AnnotationReport } from '../workbench/validate.ts';
import { printable } from './printable.ts';
import { formatTable } from './table.ts';

/** The scores of each series and their means, for a terminal. */
export function describeTuringScores({
  detector,
  alpha,
  series,
  mean,
  scored,
  refused,
}: AnnotationReport): string {
  const rows = series.flatMap((one) =>
    one.scored
      ? [
          [
            printable(one.name),
            one.n,
            one.annotators,
            one.found.length,
            one.scores.f1.toFixed(3),
            one.scores.covering.toFixed(3),
            one.refused ? 'not testable' : '',
          ],
        ]
      : [],
  );
  const left = series.flatMap((one) => (one.scored ? [] : [`  ${printable(one.name)}: ${one.reason}`]));
  return [
    `${printable(detector)}, alpha ${alpha}: ${scored} of ${series.length} series scored`,
    ...(rows.length === 0
      ? []
      : [formatTable(['series', 'points', 'annotators', 'changes', 'F1', 'covering', ''], rows)]),
    ...(mean === null ? [] : [`Mean: F1 ${mean.f1.toFixed(3)}, covering ${mean.covering.toFixed(3)}`]),
    ...(refused === 0
      ? []
      : [`${refused} series were not testable; they are scored as series without a change.`]),
    ...(left.length === 0 ? [] : ['Left out:', ...left]),
  ].join('\n');
}
