import { plainLine } from '../../../errors/plain-text.ts';
import { capital } from '../../../wording/sentences.ts';
import type { RunFacts, StudyData } from '../../study-data.ts';
import type { ViewState } from '../view-state.ts';

/** So many runs are shown where the reader has chosen none. */
export const SHOWN_AT_FIRST = 12;

/** What runs have levels of, and how each run's is had; levels that all runs share are no choice, and left out. */
export function facetsOf(study: StudyData): Map<string, (run: RunFacts) => string | null> {
  const all: [string, (run: RunFacts) => string | null][] = [
    ['architecture', ({ architecture }) => architecture],
    ['dataset', ({ dataset }) => dataset],
    ['seed', ({ seed }) => (seed === null ? null : String(seed))],
    ...study.factors.map((name, f): [string, (run: RunFacts) => string | null] => [
      name,
      ({ levels }) => (levels[f] === null ? null : String(levels[f])),
    ]),
  ];
  return new Map(all.filter(([, of]) => new Set(study.runs.map(of)).size > 1));
}

/** Levels in the order in which they are read: numbers by size, names as they come. */
export function levelsOf(runs: readonly RunFacts[], of: (run: RunFacts) => string | null): string[] {
  const levels = [...new Set(runs.map(of))].filter((level) => level !== null);
  return levels.every((level) => level.trim() !== '' && Number.isFinite(Number(level)))
    ? levels.sort((a, b) => Number(a) - Number(b))
    : levels;
}

/** What runs have a level of, in words. */
export function facetName(name: string): string {
  return name === 'dataset' ? 'data set' : plainLine(name);
}

/** The same over a choice; a factor keeps the name that the study gave it. */
export function facetTitle(name: string): string {
  const own = ['architecture', 'dataset', 'seed'].includes(name);
  const text = facetName(name);
  return own ? capital(text) : text;
}

/** A level in words; null is none. */
export function levelText(name: string, level: string | null): string {
  return `${facetName(name)} ${level === null ? 'not recorded' : plainLine(level)}`;
}

/** Places of the runs that search and levels leave, in study order. */
export function filteredRuns(
  study: StudyData,
  { search, where }: Pick<ViewState, 'search' | 'where'>,
): number[] {
  const facets = facetsOf(study);
  const wanted = search.toLowerCase();
  return study.runs.flatMap((run, index) => {
    const isLeft =
      run.id.toLowerCase().includes(wanted) &&
      [...where].every(([name, level]) => facets.get(name)?.(run) === level);
    return isLeft ? [index] : [];
  });
}

/** Places of the runs that are shown. */
export function shownRuns(study: StudyData, view: Pick<ViewState, 'search' | 'where' | 'runs'>): number[] {
  const filtered = filteredRuns(study, view);
  if (view.runs === null) return filtered.slice(0, SHOWN_AT_FIRST);
  const chosen = new Set(view.runs);
  return study.runs.flatMap(({ id }, index) => (chosen.has(id) ? [index] : []));
}
