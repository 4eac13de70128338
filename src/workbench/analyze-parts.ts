import { sha256 } from '../checksums/digest.ts';
import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { groupsOfSeeds, type SeedsTogether } from '../findings/seed-groups.ts';
import type { AnalysisParts, AnalysisSettings } from '../findings/study-analysis.ts';
import type { LogFacts } from '../measurements/log-store.ts';
import type { Run, StudyFactors } from '../measurements/types.ts';
import { type AnalysisCache, assertKept } from './analysis-cache-store.ts';
import type { AnalyzedPart, PartAbout, PartSettings, RunAt } from './analysis-parts.ts';
import type { AnalysisPool } from './analysis-pool.ts';
import { type AnalysisTexts, keptTexts } from './analysis-texts.ts';
import type { AnswersOnDemand } from './answers-on-demand.ts';
import { fileState, keepFacts, keptFacts } from './log-facts-store.ts';
import type { OnProgress } from './progress.ts';

/** How much of an analysis was known from before. */
export interface KnownParts {
  /** Runs and groups of seeds that it consists of, and those of them that were known. */
  readonly parts: number;
  readonly known: number;
}

/** What is asked and where answers are kept. */
export interface LogSources {
  readonly pool: AnalysisPool;
  readonly cache: AnalysisCache;
  readonly onProgress?: OnProgress;
}

/** Where the parts of an analysis come from. */
export interface PartSources extends LogSources {
  /** What stays in memory of answers that are in the cache. */
  readonly onDemand: AnswersOnDemand;
}

/** The facts of logs, known from before or read, in their order. */
export async function factsOfLogs(
  directory: string,
  ids: readonly string[],
  { pool, cache, onProgress }: LogSources,
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

/** What is analyzed, and on what the answers depend. */
export interface PartsAsked {
  readonly runs: readonly Run[];
  /** What is known of them, in their order. */
  readonly logs: readonly LogFacts[];
  readonly settings: PartSettings;
  readonly factors?: StudyFactors;
  /** What the runs are compared with, as far as the answers depend on it; undefined where it is nothing. */
  readonly controls?: unknown;
}

/**
 * Analyzes the parts of a study: those that are known from before, of the same logs, with the same settings and the same program, are taken
 * over.
 */
export async function analyzeParts(
  asked: PartsAsked,
  sources: PartSources,
): Promise<AnalysisParts & KnownParts & { readonly texts: AnalysisTexts }> {
  const parts = partsOf(asked);
  const { cache, pool, onDemand } = sources;
  const slim = ({ part, entry }: StoredPart, answer: RunOrSeeds): RunOrSeeds => {
    // What is in the cache need not be in memory too.
    if (cache.folder === null || cache.fault !== null) return answer;
    return onDemand.of(
      entry.name,
      answer,
      () => cache.read<RunOrSeeds>(entry.name, entry.key) ?? (pool.answerHere(part) as RunOrSeeds),
    );
  };
  const answers = new Map<StoredPart, RunOrSeeds>();
  const counts = await answerParts(parts, sources, (part, answer) => answers.set(part, slim(part, answer)));
  const entryIn = ({ entry }: StoredPart) => entry;
  const about = (what: 'run' | 'seeds') => parts.filter(({ part }) => part.about === what);
  // Groups are asked for where their last run stands; they come back in the order of their first.
  const byFirst = new Map(
    about('seeds').map((stored) => [(stored.part as PartAbout<'seeds'>).runs[0].id, stored]),
  );
  const groups = groupsOfSeeds(asked.runs, asked.factors).map(({ members }) => byFirst.get(members[0].id)!);
  const of = <Answer>(stored: readonly StoredPart[]) => stored.map((each) => answers.get(each) as Answer);
  return {
    dynamics: of<RunDynamics>(about('run')),
    together: of<SeedsTogether>(groups),
    inMemory: !onDemand.areMany,
    texts: keptTexts(cache, { runs: about('run').map(entryIn), groups: groups.map(entryIn) }),
    ...counts,
  };
}

/**
 * The same for those who want nothing but that the answers lie in the cache; none of them stays in memory.
 *
 * @throws what was said as soon as one cannot be kept.
 */
export async function keepParts(asked: PartsAsked, sources: LogSources): Promise<KnownParts> {
  return answerParts(partsOf(asked), sources, () => assertKept(sources.cache));
}

type RunOrSeeds = AnalyzedPart<PartAbout<'run' | 'seeds'>>;

/** A part, and where its answer is kept. */
interface StoredPart {
  readonly part: PartAbout<'run' | 'seeds'>;
  readonly entry: ReturnType<typeof entryOf>;
}

function partsOf({ runs, logs, settings, factors, controls }: PartsAsked): StoredPart[] {
  const at = new Map(logs.map(({ facts: { id }, version }) => [id, { id, version }]));
  const parts = inOrderOfRuns(runs, groupsOfSeeds(runs, factors), at, settings);
  return parts.map((part) => ({ part, entry: entryOf(part, controls) }));
}

/** Reading so many answers takes longer than a thread takes to start. */
const worthAThread = 100;
/** Reading so many takes some ten milliseconds. */
const readAtOnce = 8;

/** Gives each answer once, from the cache or found out and kept there. */
async function answerParts(
  parts: readonly StoredPart[],
  { pool, cache, onProgress }: LogSources,
  take: (part: StoredPart, answer: RunOrSeeds) => void,
): Promise<KnownParts> {
  const told = new Set(parts.filter(({ entry }) => cache.claims(entry.name, entry.key)));
  const about = groupsAt(parts);
  let done = told.size;
  const find = async (unknown: readonly StoredPart[]): Promise<void> => {
    const waiting = new Map(unknown.map((stored) => [stored.part, stored]));
    const note = (part: StoredPart['part'], answer: RunOrSeeds): void => {
      const stored = waiting.get(part)!;
      cache.keep(stored.entry.name, stored.entry.key, answer);
      take(stored, answer);
      const what = part.about === 'run' ? part.run.id : part.runs.map(({ id }) => id).join(', ');
      onProgress?.({ stage: 'analyzing', done: ++done, total: parts.length, what });
    };
    await pool.answer([...waiting.keys()], note, { about, meanwhile: told.size > worthAThread });
  };
  const readTold = async (): Promise<StoredPart[]> => {
    const damaged: StoredPart[] = [];
    for (const [i, stored] of [...told].entries()) {
      // Threads that have answered meanwhile are given what comes next.
      if (i % readAtOnce === 0) await new Promise(setImmediate);
      const answer = cache.read<RunOrSeeds>(stored.entry.name, stored.entry.key);
      if (answer === null) damaged.push(stored);
      else take(stored, answer);
    }
    return damaged;
  };
  // What is known is read while threads find out the rest.
  const [, damaged] = await Promise.all([find(parts.filter((stored) => !told.has(stored))), readTold()]);
  done -= damaged.length;
  await find(damaged);
  return { parts: parts.length, known: told.size - damaged.length };
}

/** The group that a part is of, by its first run: a thread that has analyzed the runs of a group has what the group needs. */
function groupsAt(parts: readonly StoredPart[]): (part: StoredPart['part']) => string {
  const first = new Map(
    parts.flatMap(({ part }) =>
      part.about === 'seeds' ? part.runs.map(({ id }) => [id, part.runs[0].id] as const) : [],
    ),
  );
  return (part) => (part.about === 'seeds' ? part.runs[0].id : (first.get(part.run.id) ?? part.run.id));
}

/** What of the settings every part is done with. */
export function partSettings({ seriesId, detector, alpha, seed }: AnalysisSettings): PartSettings {
  return { seriesId, detector, alpha, seed };
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
  part: PartAbout<'run' | 'seeds'>,
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
