import { availableParallelism } from 'node:os';
import { InputError } from '../errors/input-error.ts';
import { groupsOfSeeds } from '../findings/seed-groups.ts';
import type { AnalysisParts, AnalysisSettings } from '../findings/study-analysis.ts';
import type { Run, StudyFactors } from '../measurements/types.ts';
import { takeTurns } from '../threads/take-turns.ts';
import { startWorker, workerFile } from '../threads/worker-thread.ts';
import { type AnalysisPart, type AnalyzedPart, analyzePart } from './analysis-parts.ts';
import { controlRuns } from './control-runs.ts';
import type { OnProgress } from './progress.ts';

/** What every thread is told of the study whose parts it analyzes. */
export interface AnalysisJob {
  readonly directory: string;
  readonly settings: Omit<AnalysisSettings, 'against'>;
  /** Names of control runs; see `controlRuns`. */
  readonly controls?: readonly string[];
}

/** With fewer runs a thread takes longer to start than it saves. */
const fewestForThreads = 4;

/**
 * Analyzes the parts of a study on several threads. The answers are the same for any number of them.
 *
 * @param runs of the study, with the analyzed series.
 * @param workers threads; as many as there are cores if absent.
 */
export async function analyzeParts(
  runs: readonly Run[],
  job: AnalysisJob,
  {
    workers = availableParallelism(),
    factors,
    onProgress,
  }: { readonly workers?: number; readonly factors?: StudyFactors; readonly onProgress?: OnProgress },
): Promise<AnalysisParts> {
  if (!(workers >= 1)) throw new InputError({ field: 'workers', value: workers, allowed: 'at least 1' });
  const groups = groupsOfSeeds(runs, factors);
  const parts = inOrderOfRuns(runs, groups);
  const firstOfGroup = new Map(
    groups.flatMap(({ members }) => members.map(({ id }) => [id, members[0].id] as const)),
  );
  let done = 0;
  const answers = await withThreads(runs, job, workers, (answer) =>
    takeTurns(answer, parts, {
      // A thread that has analyzed the runs of a group has what the group needs.
      about: (part) => (part.about === 'seeds' ? part.runs[0] : (firstOfGroup.get(part.run) ?? part.run)),
      onDone: (index) => {
        const part = parts[index];
        const what = part.about === 'run' ? part.run : part.runs.join(', ');
        onProgress?.({ stage: 'analyzing', done: ++done, total: parts.length, what });
      },
    }),
  );
  const of = <About extends AnalysisPart['about']>(about: About) =>
    answers.filter((_, i) => parts[i].about === about) as AnalyzedPart<
      Extract<AnalysisPart, { about: About }>
    >[];
  const { dynamics, together } = { dynamics: of('run'), together: of('seeds') };
  // Groups are asked for where their last run stands; they come back in the order of their first.
  const asked = parts.flatMap((part) => (part.about === 'seeds' ? [part.runs[0]] : []));
  return { dynamics, together: groups.map(({ members }) => together[asked.indexOf(members[0].id)]) };
}

/** Each group right after the last of its runs, whose logs the threads then have at hand. */
function inOrderOfRuns(
  runs: readonly Run[],
  groups: readonly { readonly members: readonly Run[] }[],
): AnalysisPart[] {
  const endingAt = new Map(groups.map(({ members }) => [members[members.length - 1], members]));
  return runs.flatMap((run): AnalysisPart[] => {
    const group = endingAt.get(run);
    return [
      { about: 'run', run: run.id },
      ...(group === undefined ? [] : [{ about: 'seeds' as const, runs: group.map(({ id }) => id) }]),
    ];
  });
}

type Answerer = (part: AnalysisPart) => Promise<AnalyzedPart> | AnalyzedPart;

async function withThreads<T>(
  runs: readonly Run[],
  job: AnalysisJob,
  workers: number,
  work: (answer: readonly Answerer[]) => Promise<T>,
): Promise<T> {
  if (workers === 1 || runs.length < fewestForThreads) {
    const against = job.controls === undefined ? undefined : controlRuns(job.directory, job.controls);
    const byId = new Map(runs.map((run) => [run.id, run]));
    const open = (id: string): Run => byId.get(id)!;
    return work([(part) => analyzePart(part, open, { ...job.settings, against })]);
  }
  const threads = Array.from({ length: Math.min(workers, runs.length) }, () =>
    startWorker<AnalysisPart, AnalyzedPart>(
      workerFile(import.meta.url, 'analysis-worker'),
      'the analysis worker',
      job,
    ),
  );
  try {
    return await work(
      threads.map(
        ({ ask }) =>
          (part: AnalysisPart) =>
            ask(part),
      ),
    );
  } finally {
    await Promise.all(threads.map(({ close }) => close()));
  }
}
