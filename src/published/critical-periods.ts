import { mean } from '../numerics/moments.ts';
import { quantile } from '../numerics/quantile.ts';
import { differences } from './differences.ts';
import { type LoggedRun, sortedLayers } from './logged-run.ts';
import { float, pandasCsv, pythonJson } from './python-format.ts';

const QUANTILE = 0.9;
/** Share of layers that must be critical together for a coordinated period. */
const COORDINATED_SHARE = 0.5;
const STRONG_COORDINATION = 0.3;
const STRONG_LOSS_SHARE = 0.3;

export interface CriticalPeriods {
  readonly run: LoggedRun;
  readonly criticalSteps: number;
  readonly transitions: number;
  readonly coordinatedPeriods: number;
  readonly maxCoordination: number;
  readonly meanCoordination: number;
  /** Called a correlation in the published files; it is a share of critical indices. */
  readonly lossCorrelation: number;
}

/**
 * Step 1.3 as published: when does the stable rank change fast, do layers do so together, and does the loss fall then?
 *
 * Known faults, kept: the threshold is a percentile of the series itself, so a tenth of any series is "critical";
 * with two layers, one critical layer alone is a "coordinated" period; the share of falling losses is compared
 * with 0.3 although a loss that wanders at random falls half the time.
 */
export function analyseCriticalPeriods(run: LoggedRun): CriticalPeriods {
  const velocities = sortedLayers(run).map((layer) => differences(run.stableRank.get(layer)!));
  const critical = velocities.map(extremes);
  const coordination = new Float64Array(run.loss.length);
  for (const indices of critical) for (const index of indices) coordination[index]++;
  coordination.forEach((count, index) => {
    coordination[index] = count / velocities.length;
  });
  const lossVelocity = differences(run.loss);
  return {
    run,
    criticalSteps: count(critical),
    transitions: count(velocities.map((velocity) => extremes(differences(velocity)))),
    coordinatedPeriods: coordination.filter((share) => share >= COORDINATED_SHARE).length,
    maxCoordination: Math.max(...coordination),
    meanCoordination: mean(coordination),
    lossCorrelation: mean(critical.map((indices) => fallingShare(indices, lossVelocity))),
  };
}

/** The text of `critical_periods_detailed.csv`. */
export function criticalPeriodTable(results: readonly CriticalPeriods[]): string {
  const rows = results.map(publishedRow);
  return pandasCsv(
    Object.keys(rows[0] ?? {}),
    rows.map((row) => Object.values(row)),
  );
}

/** The text of `critical_periods_summary.json`. */
export function criticalPeriodSummary(results: readonly CriticalPeriods[]): string {
  return pythonJson({
    summary: {
      mean_critical_periods: float(mean(results.map((result) => result.criticalSteps))),
      mean_coordination: float(mean(results.map((result) => result.meanCoordination))),
      mean_loss_correlation: float(meanLossCorrelation(results)),
      experiments_with_strong_periods: strongPeriods(results),
    },
    experiment_results: results.map(publishedRow),
  });
}

export function meanLossCorrelation(results: readonly CriticalPeriods[]): number {
  return mean(results.map((result) => result.lossCorrelation));
}

/** Number of runs whose critical periods the study calls strong. */
export function strongPeriods(results: readonly CriticalPeriods[]): number {
  return results.filter(
    ({ maxCoordination, lossCorrelation }) =>
      maxCoordination > STRONG_COORDINATION && lossCorrelation > STRONG_LOSS_SHARE,
  ).length;
}

function publishedRow(result: CriticalPeriods) {
  return {
    experiment: result.run.name,
    arch_name: result.run.archName,
    dataset: result.run.datasetName,
    total_critical_steps: result.criticalSteps,
    total_transitions: result.transitions,
    num_coordinated_periods: result.coordinatedPeriods,
    max_coordination: float(result.maxCoordination),
    mean_coordination: float(result.meanCoordination),
    loss_correlation: float(result.lossCorrelation),
  };
}

/** Indices whose absolute value is above the 90th percentile of absolute values. */
function extremes(changes: Float64Array): number[] {
  const sizes = changes.map(Math.abs);
  const threshold = quantile(sizes, QUANTILE);
  const indices: number[] = [];
  sizes.forEach((size, index) => {
    if (size > threshold) indices.push(index);
  });
  return indices;
}

/** Share of the indices at which the loss falls; 0 for no indices, as published. */
function fallingShare(indices: readonly number[], lossVelocity: Float64Array): number {
  return indices.length === 0 ? 0 : indices.filter((i) => lossVelocity[i] < 0).length / indices.length;
}

function count(lists: readonly (readonly number[])[]): number {
  return lists.reduce((total, list) => total + list.length, 0);
}
