import { InputError } from '../errors/input-error.ts';
import { hypotheses as registered } from '../hypotheses/registry.ts';
import { hypothesesNamed, testHypotheses } from '../hypotheses/test-hypotheses.ts';
import type { CheckpointValue, Hypothesis, StudyEvidence, TestedHypotheses } from '../hypotheses/types.ts';
import { studyFactors } from '../measurements/factors.ts';
import { planCheckpoints } from '../planning/plan-checkpoints.ts';
import type { CheckpointPlan } from '../planning/types.ts';
import { type ExaminationChoice, type ExaminedStudy, examineStudy } from './examine-study.ts';
import { readCheckpointPlan } from './input-files.ts';
import { measureMechanisms } from './measure-mechanisms.ts';
import { readPlanOfStudy } from './plan-store.ts';
import { hasCheckpoints } from './trained-runs.ts';

/** How hypotheses are tested on a study. */
export interface TestChoice extends ExaminationChoice {
  /** The plan that checkpoints were saved by, or its file; by default the one in the study, or what `rankscope plan` says of its curves. */
  readonly plan?: CheckpointPlan | string;
  /** Which to test, registered ones by name, or one's own; all that are registered if absent. */
  readonly hypotheses?: readonly (string | Hypothesis)[];
}

/** An examined study with what became of the hypotheses. */
export interface TestedStudy extends ExaminedStudy {
  readonly tested: TestedHypotheses;
}

/**
 * Examines a study and tests every hypothesis that its data allow; each other one says what it needs.
 *
 * @throws InputError if there is no study, or something in it, in the plan or among the checkpoints cannot be used.
 * @example
 * const { tested } = await testStudy('my-study', { hypotheses: ['changes-become-rarer'] });
 * tested.findings[0].sentence;
 */
export async function testStudy(directory: string, choice: TestChoice = {}): Promise<TestedStudy> {
  // Before anything takes long.
  const hypotheses = choice.hypotheses?.flatMap((asked) =>
    typeof asked === 'string' ? hypothesesNamed([asked]) : [asked],
  );
  const { examined, evidence } = await studyEvidence(directory, choice);
  const total = (hypotheses ?? registered).length;
  const tested = testHypotheses(evidence, {
    hypotheses,
    alpha: choice.alpha,
    seed: choice.seed,
    onHypothesis: (done, what) => choice.onProgress?.({ stage: 'testing', done, total, what }),
  });
  return { ...examined, tested };
}

/**
 * Examines a study and gathers what its hypotheses are tested on; see `testStudy`.
 *
 * @example
 * const { evidence } = await studyEvidence('my-study');
 * evidence.runs.length; // 2
 */
export async function studyEvidence(
  directory: string,
  choice: Omit<TestChoice, 'hypotheses'> = {},
): Promise<{ readonly examined: ExaminedStudy; readonly evidence: StudyEvidence }> {
  const given = planFor(directory, choice.plan);
  const examined = await examineStudy(directory, {
    ...choice,
    metric: choice.metric ?? given?.metric ?? undefined,
  });
  const { manifest, runs, analysis } = examined;
  const plan = given ?? planCheckpoints(runs, { metric: analysis.seriesId, alpha: choice.alpha });
  assertSameMetric(plan, analysis.seriesId);
  const atCheckpoints = await measuredAtCheckpoints(directory, examined, choice);
  return {
    examined,
    evidence: { runs, analysis, plan, atCheckpoints, factors: studyFactors(manifest, runs) },
  };
}

function planFor(directory: string, plan: TestChoice['plan']): CheckpointPlan | null {
  if (typeof plan === 'string') return readCheckpointPlan(plan);
  return plan ?? readPlanOfStudy(directory);
}

/** @throws InputError for a plan around the changes of another series than the one that is analyzed. */
function assertSameMetric({ metric }: CheckpointPlan, seriesId: string): void {
  if (metric === null || metric === seriesId) return;
  throw new InputError({
    field: 'metric of the plan',
    value: metric,
    allowed: `${seriesId}, the series that is analyzed; or --metric ${metric}`,
  });
}

async function measuredAtCheckpoints(
  directory: string,
  { manifest, runs }: ExaminedStudy,
  { onProgress }: TestChoice,
): Promise<readonly CheckpointValue[]> {
  if (manifest.origin !== 'trained') return [];
  const ids = runs.map(({ id }) => id).filter((id) => hasCheckpoints(directory, id));
  if (ids.length === 0) return [];
  const { values } = await measureMechanisms(directory, {
    runs: ids,
    onCheckpoint: (done, total, what) => onProgress?.({ stage: 'measuring', done, total, what }),
  });
  return values;
}
