import { InputError } from '../errors/input-error.ts';
import { ABLATION_LOSS } from '../hypotheses/questions/at-checkpoints.ts';
import { hypotheses as registered } from '../hypotheses/registry.ts';
import { hypothesesNamed, testHypotheses } from '../hypotheses/test-hypotheses.ts';
import type { CheckpointValue, Hypothesis, StudyEvidence, TestedHypotheses } from '../hypotheses/types.ts';
import { studyFactors } from '../measurements/factors.ts';
import { replacements } from '../mechanisms/ablation/replacement.ts';
import { planCheckpoints } from '../planning/plan-checkpoints.ts';
import type { CheckpointPlan } from '../planning/types.ts';
import { determined, undetermined } from '../spectra/determined.ts';
import { type ExaminationChoice, type ExaminedStudy, examineStudy } from './examine-study.ts';
import { readCheckpointPlan } from './input-files.ts';
import { measureMechanisms, type RunAblation } from './measure-mechanisms.ts';
import { readPlanOfStudy } from './plan-store.ts';
import { hasCheckpoints } from './trained-runs.ts';

/** How hypotheses are tested on a study. */
export interface TestChoice extends ExaminationChoice {
  /** The plan that checkpoints were saved by, or its file; by default the one in the study, or what `rankscope plan` says of its curves. */
  readonly plan?: CheckpointPlan | string;
  /** Which to test, registered ones by name, or one's own; all that are registered if absent. */
  readonly hypotheses?: readonly (string | Hypothesis)[];
  /**
   * Take out each head or filter (each unit, where a network has neither) at the checkpoints of the plan's windows, for hypotheses on what
   * is lost with it. It costs a pass of the network each.
   */
  readonly ablate?: boolean;
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
  const atCheckpoints = await measuredAtCheckpoints(directory, examined, plan, choice);
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
  plan: CheckpointPlan,
  { onProgress, ablate = false }: TestChoice,
): Promise<readonly CheckpointValue[]> {
  if (manifest.origin !== 'trained') return [];
  const ids = runs.map(({ id }) => id).filter((id) => hasCheckpoints(directory, id));
  if (ids.length === 0) return [];
  const { values, ablations } = await measureMechanisms(directory, {
    runs: ids,
    ablate: ablate
      ? { kinds: 'whole-parts', replacements: [replacements.mean], isWanted: inWindows(plan) }
      : undefined,
    onCheckpoint: (done, total, what) => onProgress?.({ stage: 'measuring', done, total, what }),
  });
  return [...values, ...ablationLosses(ablations ?? [])];
}

/** Whether a checkpoint is an end of a window of the plan. */
function inWindows({ runs }: CheckpointPlan): (run: string, step: number) => boolean {
  const steps = new Map(
    runs.map(({ run, windows }) => [run, new Set(windows.flatMap(({ before, after }) => [before, after]))]),
  );
  return (run, step) => steps.get(run)?.has(step) ?? false;
}

/** The mean loss over the parts of a place, by run, place and step; parts that put out their replacement anyway do not count. */
function ablationLosses(ablations: readonly RunAblation[]): CheckpointValue[] {
  const places = new Map<string, { of: RunAblation; losses: number[] }>();
  for (const of of ablations) {
    const key = JSON.stringify([of.run, of.place.name, of.step]);
    const known = places.get(key) ?? { of, losses: [] };
    places.set(key, known);
    if (of.effect.loss.determined) known.losses.push(of.effect.loss.value);
  }
  return [...places.values()].map(({ of: { run, place, step }, losses }) => ({
    ...{ run, measure: ABLATION_LOSS, subject: place.name, step },
    value:
      losses.length === 0
        ? undetermined('every part puts out what it was to be replaced by')
        : determined(losses.reduce((sum, loss) => sum + loss, 0) / losses.length),
  }));
}
