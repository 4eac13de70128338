import { withSeries } from '../derived/derive-series.ts';
import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { type BeforeAfter, compareBeforeAfter, windowsAround } from '../dynamics/before-after.ts';
import { type CriticalMoments, criticalMoments } from '../dynamics/critical-moments.ts';
import { type RunSummary, runSummary } from '../dynamics/run-summary.ts';
import type { CurveDescription } from '../dynamics/stretches/types.ts';
import { type TrackSummary, trackSummaries } from '../dynamics/track-summary.ts';
import { InputError } from '../errors/input-error.ts';
import { commonSeries } from '../findings/choose-series.ts';
import { analysisSettings, dynamicsOfRun } from '../findings/study-analysis.ts';
import type { Run } from '../measurements/types.ts';
import { createRandom } from '../numerics/random.ts';
import type { AnalysisChoice } from './examine-study.ts';

/** What of one run is looked at. */
export interface RunExaminationChoice extends AnalysisChoice {
  /** Largest changes to describe; 5 if absent, or none where two steps are compared. */
  readonly moments?: number;
  /** Where no change is detected: describe the largest rates of change instead, untested. */
  readonly largestDifferences?: boolean;
  /** Training steps to compare: both, or neither. */
  readonly from?: number;
  readonly to?: number;
  /** Training steps taken in on either side of a change or step; ten measurements if absent. */
  readonly window?: number;
}

/** All that is known of one run; null where it was not asked for, or cannot be had. */
export interface ExaminedRun {
  readonly summary: RunSummary;
  readonly moments: CriticalMoments | null;
  readonly comparison: BeforeAfter | null;
  readonly tracks: readonly TrackSummary[];
  /** The analyzed metric of every layer, in network order, with what it does. */
  readonly curves: readonly LayerCurve[];
}

/** One layer's curve beside its description. */
export interface LayerCurve {
  readonly layer: string;
  readonly steps: readonly number[];
  /** NaN where the metric is not determined. */
  readonly values: readonly number[];
  readonly curve: CurveDescription;
}

/** Unless told otherwise. */
export const defaultMoments = 5;

/**
 * Summarizes a run, with its critical moments and a comparison of two steps where asked for.
 *
 * @throws InputError for steps that cannot be compared, or a metric that the run does not have.
 * @example
 * examineRun(run, { from: 0, to: 195, window: 20 }).comparison.quantities.length > 0; // true
 */
export function examineRun(run: Run, choice: RunExaminationChoice = {}): ExaminedRun {
  const comparison = compareSteps(run, choice);
  const analyzable = choice.metric !== undefined || commonSeries([run]).length > 0;
  const { dynamics, curves } = analyzable ? analyzed(run, choice) : notAnalyzed;
  const { moments = comparison === null ? defaultMoments : 0, window, largestDifferences } = choice;
  if (moments > 0 && window === 0) {
    throw new InputError({ field: '--window', value: 0, allowed: 'at least 1 for critical moments' });
  }
  return {
    summary: runSummary(run, dynamics),
    moments:
      dynamics === null || moments === 0
        ? null
        : criticalMoments(run, dynamics, { moments, window, largestDifferences }),
    comparison,
    tracks: trackSummaries(run),
    curves,
  };
}

const notAnalyzed = { dynamics: null, curves: [] };

function analyzed(
  run: Run,
  { metric, onProgress, ...options }: AnalysisChoice,
): { readonly dynamics: RunDynamics; readonly curves: readonly LayerCurve[] } {
  const settings = analysisSettings([run], { ...options, seriesId: metric });
  const measured = withSeries(run, settings.seriesId);
  const dynamics = dynamicsOfRun(measured, settings);
  onProgress?.({ stage: 'analyzing', done: 1, total: 1, what: run.id });
  return { dynamics, curves: curvesOf(measured, dynamics) };
}

function curvesOf({ steps, layers }: Run, dynamics: RunDynamics): LayerCurve[] {
  return dynamics.layers.map(({ layer, curve }, l) => ({
    layer,
    steps: Array.from(steps),
    values: Array.from(layers[l].series.get(dynamics.seriesId)?.values ?? []),
    curve,
  }));
}

function compareSteps(run: Run, choice: RunExaminationChoice): BeforeAfter | null {
  const { from, to, window, metric, alpha, seed = 0 } = choice;
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined) {
    throw new InputError({ field: from === undefined ? '--from' : '--to', allowed: 'both --from and --to' });
  }
  return compareBeforeAfter(run, {
    ...windowsAround(run.steps, from, to, window),
    rng: createRandom(seed).fork(run.id).fork('before and after'),
    seriesIds: metric === undefined ? undefined : [metric],
    alpha,
  });
}
