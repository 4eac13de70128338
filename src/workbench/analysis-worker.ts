import { parentPort, workerData } from 'node:worker_threads';
import { withSeries } from '../derived/derive-series.ts';
import type { Run } from '../measurements/types.ts';
import { answerQuestions } from '../threads/answer-questions.ts';
import { type AnalysisPart, type AnalyzedPart, analyzePart } from './analysis-parts.ts';
import type { AnalysisJob } from './analysis-pool.ts';
import { controlRuns } from './control-runs.ts';
import { readRun } from './open-study.ts';

/* A worker thread that analyzes parts of a study for `analyzeParts`; it reads the logs itself. */

/** Runs kept from one question to the next: those of a group of seeds are asked for again soon. */
const mostKept = 4;

const { directory, settings, controls } = workerData as AnalysisJob;
const kept = new Map<string, Run>();

function open(id: string): Run {
  const run = kept.get(id) ?? withSeries(readRun(directory, id), settings.seriesId);
  kept.delete(id);
  kept.set(id, run);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
  return run;
}

let against: readonly Run[] | undefined;

answerQuestions<AnalysisPart, AnalyzedPart>(parentPort!, (part) => {
  // With the first question, so that what is wrong with the names comes back as its answer.
  if (controls !== undefined) against ??= controlRuns(directory, controls);
  return analyzePart(part, open, { ...settings, against });
});
