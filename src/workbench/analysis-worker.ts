import { parentPort, workerData } from 'node:worker_threads';
import { answerQuestions } from '../threads/answer-questions.ts';
import { type AnalysisJob, type AnalysisPart, type AnalyzedPart, partAnalyst } from './analysis-parts.ts';

/* A worker thread that analyzes parts of a study for `AnalysisPool`; it reads the logs itself. */

answerQuestions<AnalysisPart, AnalyzedPart>(parentPort!, partAnalyst(workerData as AnalysisJob));
