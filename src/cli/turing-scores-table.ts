import type { TuringScores } from '../validity/turing-change-points/score-detector.ts';
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
  stretches,
  together,
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
    ...(stretches === undefined ? [] : [meanLine('Rises and falls of the curve instead', stretches)]),
    ...(together === undefined ? [] : [meanLine('Both, its jumps where the detector has none', together)]),
    ...(left.length === 0 ? [] : ['Left out:', ...left]),
  ].join('\n');
}

function meanLine(what: string, { mean, refused }: TuringScores): string {
  if (mean === null) return `${what}: nothing scored`;
  const scores = `F1 ${mean.f1.toFixed(3)}, covering ${mean.covering.toFixed(3)}`;
  return `${what}: ${scores}${refused === 0 ? '' : `, ${refused} not described`}`;
}
