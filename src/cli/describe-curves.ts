import { sentenceOf } from '../dynamics/stretches/sentence.ts';
import { plainLine } from '../errors/plain-text.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import { counted } from '../wording/sentences.ts';

/** More lines than that are for a table. */
const mostLines = 60;

/** What the layers of a study do, a sentence each: over seeds where there are several, else how many curves do what. */
export function describeCurves({ runs, seedGroups }: StudyAnalysis): string[] {
  const lines = seedGroups.flatMap(({ architecture, dataset, conditions, runs: members, layers }) => [
    `${[architecture, dataset, conditions].filter((part) => part !== '').join(', ')} (${counted(members.length, 'seed')}):`,
    ...layers.map(({ layer, curve }) => `  ${layer} ${sentenceOf(curve)}`),
  ]);
  const more = lines.length - mostLines;
  return [
    ...lines.slice(0, mostLines).map((line) => plainLine(line)),
    ...(more > 0 ? [`… and ${counted(more, 'line')} more: --json has them all`] : []),
    curveCounts(runs),
  ];
}

/** How many curves could be described, and what they do. */
function curveCounts(runs: StudyAnalysis['runs']): string {
  const curves = runs.flatMap(({ layers }) => layers.map(({ curve }) => curve));
  const described = curves.flatMap((curve) => (curve.described ? [curve] : []));
  const has = (...kinds: string[]) =>
    described.filter(({ stretches }) => stretches.some(({ kind }) => kinds.includes(kind)));
  const directed = has('rise', 'fall');
  const moved = has('rise', 'fall', 'wander');
  return [
    `Curves of single runs: ${described.length} of ${curves.length} described`,
    `${directed.length} rise or fall`,
    `${moved.length - directed.length} move without a direction that one run could show`,
    `${described.length - moved.length} show no movement beyond their noise`,
  ].join('; ');
}
