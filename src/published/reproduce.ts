import { InputError } from '../errors/input-error.ts';
import { createRandom } from '../numerics/random.ts';
import { checkpointPlan, type DrawMidJump, PLANNED_EXPERIMENTS, planCheckpoints } from './checkpoint-plan.ts';
import { compareCnnWithMlp } from './cnn-mlp-comparison.ts';
import { analyzeConvergence, type Convergence, convergenceSummary } from './convergence.ts';
import {
  analyseCriticalPeriods,
  type CriticalPeriods,
  criticalPeriodSummary,
  criticalPeriodTable,
} from './critical-periods.ts';
import { compareEarlyWithLate } from './early-late.ts';
import { integratedReport } from './integrated-report.ts';
import { characteriseJumps, type Jump, jumpSummary, jumpTable } from './jumps.ts';
import { type LoggedRun, sortedRuns } from './logged-run.ts';
import { pythonJson } from './python-format.ts';
import { readBack } from './read-back.ts';
import { analyseTransformer } from './transformer-analysis.ts';

/** Second differences need three. */
const FEWEST_MEASUREMENTS = 3;

/** Results of the first phase, before any draw. */
export interface FirstPhase {
  /** In published order. */
  readonly runs: readonly LoggedRun[];
  readonly convergence: readonly Convergence[];
  readonly jumps: readonly Jump[];
  readonly criticalPeriods: readonly CriticalPeriods[];
}

/**
 * Every file of the published study that follows from its logs, faults included: name to text, as its scripts wrote
 * it, number formats too. For comparison only; the sound analyses are elsewhere.
 *
 * @param runs the published logs (`loggedRun`), in any order.
 * @param draw chooses the one jump that the study drew at random; default: a seeded draw. Apart from it, and what
 *   follows from it, the texts are those published.
 * @throws InputError if one of the three runs of the second phase is missing or without a jump, a name
 *   occurs twice, or a log is too short for the method.
 * @example
 * const files = reproduce(study.runs.map(loggedRun));
 * files.get('all_jumps_detailed.csv');
 */
export function reproduce(runs: readonly LoggedRun[], draw: DrawMidJump = seededDraw()): Map<string, string> {
  const first = firstPhase(runs);
  return new Map([...firstPhaseFiles(first), ...secondPhaseFiles(first, draw)]);
}

/** Steps 1.1 to 1.3. */
export function firstPhase(runs: readonly LoggedRun[]): FirstPhase {
  requireRuns(runs);
  const sorted = sortedRuns(runs);
  return {
    runs: sorted,
    convergence: sorted.map(analyzeConvergence),
    jumps: characteriseJumps(sorted),
    criticalPeriods: sorted.map(analyseCriticalPeriods),
  };
}

export function firstPhaseFiles({
  runs,
  convergence,
  jumps,
  criticalPeriods,
}: FirstPhase): Map<string, string> {
  return new Map([
    ['convergence_analysis_summary.json', convergenceSummary(convergence)],
    ['all_jumps_detailed.csv', jumpTable(jumps)],
    ['jump_characterization_summary.json', jumpSummary(runs, jumps)],
    ['critical_periods_detailed.csv', criticalPeriodTable(criticalPeriods)],
    ['critical_periods_summary.json', criticalPeriodSummary(criticalPeriods)],
  ]);
}

/** The plan, the three comparisons and the integrated report. */
export function secondPhaseFiles(first: FirstPhase, draw: DrawMidJump): Map<string, string> {
  const jumps = readBack(first.jumps);
  const plan = planCheckpoints(jumps, draw);
  const planned = PLANNED_EXPERIMENTS.map((name) => ({
    run: first.runs.find((run) => run.name === name)!,
    plan: plan.get(name)!,
    jumps: jumps.filter((jump) => jump.experiment === name),
  }));
  const [transformer, cnn, mlp] = planned;
  const transformerResults = analyseTransformer(transformer.run, transformer.plan);
  const cnnMlp = compareCnnWithMlp(cnn, mlp);
  const earlyLate = compareEarlyWithLate(
    jumps,
    planned.map(({ run }) => run),
  );
  return new Map([
    ['checkpoint_plan.json', checkpointPlan(plan)],
    ['transformer_analysis_results.json', pythonJson(transformerResults)],
    ['cnn_mlp_comparison_results.json', pythonJson(cnnMlp)],
    ['early_late_results.json', pythonJson(earlyLate.results)],
    ['loss_correlations.csv', earlyLate.lossTable],
    [
      'integrated_report.json',
      integratedReport({
        ...first,
        jumps,
        transformer: transformerResults.summary,
        cnnMlp: cnnMlp.summary,
        earlyLate: earlyLate.results.summary,
      }),
    ],
  ]);
}

/** A draw that is the same every time. */
export function seededDraw(seed: string | number = 'mid jump'): DrawMidJump {
  return (candidates, experiment) => {
    const random = createRandom(seed).fork(experiment);
    return candidates[random.integer(candidates.length)];
  };
}

function requireRuns(runs: readonly LoggedRun[]): void {
  const names = new Set<string>();
  for (const { name } of runs) {
    if (names.has(name)) throw new InputError({ field: 'run', value: name, allowed: 'each run once' });
    names.add(name);
  }
  const short = runs.find((run) => run.loss.length < FEWEST_MEASUREMENTS);
  if (short !== undefined) {
    throw new InputError({
      file: short.name,
      field: 'number of measurements',
      value: short.loss.length,
      allowed: `at least ${FEWEST_MEASUREMENTS}`,
    });
  }
  const missing = PLANNED_EXPERIMENTS.find((name) => !names.has(name));
  if (missing !== undefined) {
    throw new InputError({
      field: 'runs',
      value: `without ${missing}`,
      allowed: `runs that include ${PLANNED_EXPERIMENTS.join(', ')}`,
    });
  }
}
