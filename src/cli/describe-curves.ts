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
  const detailed = fits(alone);
  return [
    ...shortened([...overSeeds, ...(detailed ? alone : [])].flatMap(inDetail)),
    ...shortened((detailed ? seeds : [...seeds, ...alone]).map((account) => () => inShort(account))),
    ...held,
  ].map((line) => plainLine(line));
}

function fits(accounts: readonly Account[]): boolean {
  let lines = 0;
  for (const { layers } of accounts) {
    lines += layers.length + 1;
    if (lines > mostLines) return false;
  }
  return true;
}

/** A line that is put together when it is printed: of many few are. */
type Line = () => string;

function inDetail(account: Account): Line[] {
  const ofLayers = account.layers.map(
    (own) => () => `  ${own.layer} ${own.does}${own.stable === null ? '' : ` (${own.stable})`}`,
  );
  return [() => inShort(account), ...ofLayers];
}

function inShort({ title, headline }: Account): string {
  return `${title}: ${headline}`;
}

function shortened(lines: readonly Line[]): string[] {
  const more = lines.length - mostLines;
  return [
    ...lines.slice(0, mostLines).map((line) => line()),
    ...(more > 0 ? [`… and ${counted(more, 'line')} more: --json has them all`] : []),
  ];
}
