import { plainLine } from '../errors/plain-text.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import { type Account, whatHappened } from '../findings/what-happened.ts';
import { counted } from '../wording/sentences.ts';

/** More lines than that are for a table. */
const mostLines = 60;

/**
 * What happened in a study: over seeds layer by layer where there are several, else run by run, then every run in a sentence,
 * and how much of it holds over all curves.
 */
export function describeCurves(analysis: StudyAnalysis): string[] {
  const { overSeeds, perRun, held } = whatHappened(analysis);
  const grouped = new Set(overSeeds.flatMap(({ runs }) => runs));
  const [seeds, alone] = [
    perRun.filter(({ title }) => grouped.has(title)),
    perRun.filter(({ title }) => !grouped.has(title)),
  ];
  // Where the layers of all of them are too many to read, a sentence for each run says most.
  const detailed = alone.reduce((sum, { layers }) => sum + layers.length + 1, 0) <= mostLines;
  return [
    ...shortened([...overSeeds, ...(detailed ? alone : [])].flatMap(inDetail)),
    ...shortened(
      (detailed ? seeds : [...seeds, ...alone]).map(({ title, headline }) => `${title}: ${headline}`),
    ),
    ...held,
  ].map((line) => plainLine(line));
}

function inDetail({ title, headline, layers }: Account): string[] {
  return [
    `${title}: ${headline}`,
    ...layers.map(({ layer, does, stable }) => `  ${layer} ${does}${stable === null ? '' : ` (${stable})`}`),
  ];
}

function shortened(lines: readonly string[]): string[] {
  const more = lines.length - mostLines;
  if (more <= 0) return [...lines];
  return [...lines.slice(0, mostLines), `… and ${counted(more, 'line')} more: --json has them all`];
}
