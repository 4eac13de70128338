import { sha256 } from '../checksums/digest.ts';
import { Recent } from '../dynamics/recent.ts';
import { groupsOfSeeds, type SeedsTogether } from '../findings/seed-groups.ts';
import type { AnalysisParts, AnalysisSettings } from '../findings/study-analysis.ts';
import type { LogFacts } from '../measurements/log-store.ts';
import type { Run, StudyFactors } from '../measurements/types.ts';
import type { AnalysisCache } from './analysis-cache-store.ts';
import type { AnalysisPart, AnalyzedPart, PartAbout, PartSettings, RunAt } from './analysis-parts.ts';
import type { AnalysisPool } from './analysis-pool.ts';
import { fileState, keepFacts, keptFacts } from './log-facts-store.ts';
import type { OnProgress } from './progress.ts';

/** How much of an analysis was known from before. */
export interface KnownParts {
  /** Runs and groups of seeds that it consists of, and those of them that were known. */
  readonly parts: number;
  readonly known: number;
}

/** Where the parts of an analysis come from. */
export interface PartSources {
  readonly pool: AnalysisPool;
  readonly cache: AnalysisCache;
  readonly onProgress?: OnProgress;
}

/** The facts of logs, known from before or read, in their order. */
export async function factsOfLogs(
  directory: string,
  ids: readonly string[],
  { pool, cache, onProgress }: PartSources,
): Promise<LogFacts[]> {
  const facts = new Map<string, LogFacts>();
  const states = new Map<string, string | null>();
  for (const id of ids) {
    states.set(id, fileState(directory, id));
    const kept = keptFacts(directory, id, cache);
    if (kept !== null) facts.set(id, kept);
  }
  const unknown = ids.filter((id) => !facts.has(id));
  let done = ids.length - unknown.length;
  await pool.answer(
    unknown.map((id): PartAbout<'facts'> => ({ about: 'facts', id })),
    ({ id }, log) => {
      facts.set(id, log);
      keepFacts(directory, id, { log, before: states.get(id)! }, cache);
      onProgress?.({ stage: 'reading', done: ++done, total: ids.length, what: id });
    },
  );
  return ids.map((id) => facts.get(id)!);
}

/**
 * Analyzes the parts of a study: those that are known from before, of the same logs, with the same settings and the same program, are taken
 * over.
 *
 * @param logs what is known of the runs, in their order.
 * @param controls what the runs are compared with, as far as the answers depend on it; undefined where it is nothing.
 */
export async function analyzeParts(
  runs: readonly Run[],
  logs: readonly LogFacts[],
  settings: PartSettings,
  { factors, controls }: { readonly factors?: StudyFactors; readonly controls?: unknown },
  { pool, cache, onProgress }: PartSources,
): Promise<AnalysisParts & KnownParts> {
  const groups = groupsOfSeeds(runs, factors);
  const at = new Map(logs.map(({ facts: { id }, version }) => [id, { id, version }]));
  const parts = inOrderOfRuns(runs, groups, at, settings);
  const entries = parts.map((part) => entryOf(part, controls));
  const stored = (i: number) => cache.read<AnalyzedPart>(entries[i].name, entries[i].key);
  const kept = new Recent<string, SeedsTogether>(2);
  // What is in the cache need not be in memory too: of groups most is their curves, which nothing is computed from.
  const slim = (i: number, answer: AnalyzedPart): AnalyzedPart => {
    const part = parts[i];
    if (part.about === 'run' || cache.folder === null || cache.trouble !== null) return answer;
    const again = () => (stored(i) as SeedsTogether | null) ?? (pool.answerHere(part) as SeedsTogether);
    return withCurvesOnDemand(answer as SeedsTogether, () => kept.of(entries[i].name, 1, again));
  };
  const answers = parts.map((_, i) => {
    const answer = stored(i);
    return answer === null ? null : slim(i, answer);
  });
  const unknown = parts.flatMap((part, i) => (answers[i] === null ? [{ ...part, index: i }] : []));
  const known = parts.length - unknown.length;
  let done = known;
  const keep = (part: (typeof unknown)[number], answer: AnalyzedPart): void => {
    const { name, key } = entries[part.index];
    cache.keep(name, key, answer);
    answers[part.index] = slim(part.index, answer);
    const what = part.about === 'run' ? part.run.id : part.runs.map(({ id }) => id).join(', ');
    onProgress?.({ stage: 'analyzing', done: ++done, total: parts.length, what });
  };
  // A thread that has analyzed the runs of a group has what the group needs.
  const firstOfGroup = new Map(
    groups.flatMap(({ members }) => members.map(({ id }) => [id, members[0].id] as const)),
  );
  await pool.answer(unknown, keep, (part) =>
    part.about === 'seeds' ? part.runs[0].id : (firstOfGroup.get(part.run.id) ?? part.run.id),
  );
  const of = <About extends 'run' | 'seeds'>(about: About) =>
    answers.filter((_, i) => parts[i].about === about) as AnalyzedPart<PartAbout<About>>[];
  const { dynamics, together } = { dynamics: of('run'), together: of('seeds') };
  // Groups are asked for where their last run stands; they come back in the order of their first.
  const asked = parts.flatMap((part) => (part.about === 'seeds' ? [part.runs[0].id] : []));
  return {
    dynamics,
    together: groups.map(({ members }) => together[asked.indexOf(members[0].id)]),
    ...{ parts: parts.length, known },
  };
}

/** What of the settings every part is done with. */
export function partSettings({ seriesId, detector, alpha, seed }: AnalysisSettings): PartSettings {
  return { seriesId, detector, alpha, seed };
}

/** The same, its curves asked for each time they are looked at. */
function withCurvesOnDemand({ curves, runChanges }: SeedsTogether, ask: () => SeedsTogether): SeedsTogether {
  return {
    curves: curves.map((description, l) => {
      if (!description.described) return description;
      // Entry by entry, so that they stay in their order.
      const slim = {};
      for (const [name, value] of Object.entries(description)) {
        const how =
          name === 'curve' ? { get: () => (ask().curves[l] as typeof description).curve } : { value };
        Object.defineProperty(slim, name, { ...how, enumerable: true });
      }
      return slim as typeof description;
    }),
    runChanges,
  };
}

/** Each group right after the last of its runs, whose logs the threads then have at hand. */
function inOrderOfRuns(
  runs: readonly Run[],
  groups: readonly { readonly members: readonly Run[] }[],
  at: ReadonlyMap<string, RunAt>,
  settings: PartSettings,
): PartAbout<'run' | 'seeds'>[] {
  const endingAt = new Map(groups.map(({ members }) => [members[members.length - 1], members]));
  return runs.flatMap((run): PartAbout<'run' | 'seeds'>[] => {
    const group = endingAt.get(run);
    return [
      { about: 'run', run: at.get(run.id)!, settings },
      ...(group === undefined
        ? []
        : [{ about: 'seeds' as const, runs: group.map(({ id }) => at.get(id)!), settings }]),
    ];
  });
}

/** Under which name a part is kept, one for each run and settings, and all that its answer depends on. */
function entryOf(
  part: Exclude<AnalysisPart, PartAbout<'facts'>>,
  controls: unknown,
): { readonly name: string; readonly key: object } {
  const { settings } = part;
  const shortened = (value: unknown): string =>
    sha256(new TextEncoder().encode(JSON.stringify(value))).slice(0, 16);
  const chosen = shortened([settings, controls !== undefined]);
  if (part.about === 'run') {
    const { id, version } = part.run;
    return { name: `runs/${id}.${chosen}`, key: { controls, settings, logs: [version] } };
  }
  const name = `seeds/${shortened(part.runs.map(({ id }) => id))}.${chosen}`;
  return { name, key: { controls, settings, logs: part.runs.map(({ id, version }) => ({ id, version })) } };
}
