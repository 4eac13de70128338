import { parentPort, workerData } from 'node:worker_threads';
import { answerQuestions } from '../threads/answer-questions.ts';
import { noCache, openCache } from './analysis-cache-store.ts';
import { analysisCode, programReplaced } from './analysis-code-store.ts';
import { type AnalysisPart, type AnalyzedPart, partAnalyst } from './analysis-parts.ts';
import { type KeepingFault, sentFault, type ThreadJob } from './analysis-thread.ts';

/* A worker thread that analyzes parts of a study for `AnalysisPool`; it reads the logs itself, and says if it could not keep what they hold. */

const job = workerData as ThreadJob;
const cache = job.cache === null ? noCache : openCache(job.cache);
if (job.code !== null && job.code !== analysisCode()) cache.fail(programReplaced());
const analyst = partAnalyst(job, cache);

answerQuestions<AnalysisPart, AnalyzedPart, KeepingFault>(parentPort!, (part, tell) => {
  const answer = analyst(part);
  if (cache.fault !== null) tell(sentFault(cache.fault));
  return answer;
});
