import { correlationPValue } from '../numerics/correlation-p-value.ts';
import { mean, variance } from '../numerics/moments.ts';
import { spearman } from '../numerics/spearman.ts';
import { type LoggedRun, sortedLayers } from './logged-run.ts';
import { float, type PythonValue, pythonJson } from './python-format.ts';

const WINDOW = 20;
/** A window is called stable while its sd stays below this share of the series' mean. */
const RELATIVE_TOLERANCE = 0.1;
/** Depth given to every layer whose name does not end in a number. */
const UNNUMBERED_DEPTH = 999;

export interface Convergence {
  readonly run: LoggedRun;
  /** First stable window of each layer, as an index of measurements; −1 where there is none. */
  readonly stabilization: ReadonlyMap<string, number>;
  readonly correlation: number;
  readonly pValue: number;
  readonly pattern: 'bottom-up' | 'top-down' | 'simultaneous' | 'unclear';
}

/**
 * Step 1.1 as published: in which order do a network's layers settle?
 *
 * Known faults, kept: the logged stable rank is 1 to twelve digits, so every window is stable at once; a constant
 * stabilization has no rank correlation, and its NaN falls through to "unclear" (the study's text says
 * "simultaneous"); a transformer layer's name ends in `linear1`, no number, so all of them get one depth.
 */
export function analyzeConvergence(run: LoggedRun): Convergence {
  const stabilization = new Map(
    sortedLayers(run).map((layer) => [layer, stabilizationIndex(run.stableRank.get(layer)!)] as const),
  );
  const stable = [...stabilization].filter(([, index]) => index >= 0);
  const { rho, pValue } = orderCorrelation(
    stable.map(([layer]) => depthIndex(layer)),
    stable.map(([, index]) => index),
  );
  return { run, stabilization, correlation: rho, pValue, pattern: patternOf(rho, pValue) };
}

/** The text of `convergence_analysis_summary.json`. */
export function convergenceSummary(results: readonly Convergence[]): string {
  return pythonJson(
    results.map(({ run, stabilization, correlation, pValue, pattern }): PythonValue => {
      const stable = [...stabilization.values()].filter((index) => index >= 0);
      return {
        stabilization_points: stabilization,
        convergence_correlation: float(correlation),
        convergence_p_value: float(pValue),
        convergence_pattern: pattern,
        num_stabilized_layers: stable.length,
        total_layers: stabilization.size,
        experiment_name: run.name,
        arch_name: run.archName,
        dataset_name: run.datasetName,
        num_layers: stabilization.size,
      };
    }),
  );
}

/** Start of the first window whose variance is below the square of a tenth of the series' mean; −1 if none. */
export function stabilizationIndex(series: Float64Array): number {
  const tolerance = RELATIVE_TOLERANCE * mean(series);
  for (let end = WINDOW; end < series.length; end++) {
    if (variance(series.subarray(end - WINDOW, end)) < tolerance * tolerance) return end - WINDOW;
  }
  return -1;
}

/** The whole number after the last dot; without a dot all digits of the name run together; otherwise 999. */
export function depthIndex(layer: string): number {
  const dotted = layer.includes('.');
  const digits = dotted ? layer.slice(layer.lastIndexOf('.') + 1) : layer.replace(/\D/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : UNNUMBERED_DEPTH;
}

/** Spearman's correlation and its p-value as SciPy reports them: NaN, not a reason, where one side is constant. */
function orderCorrelation(depths: readonly number[], indices: readonly number[]) {
  if (depths.length < 3) return { rho: 0, pValue: 1 };
  const correlation = spearman(depths, indices);
  if (!correlation.determined) return { rho: Number.NaN, pValue: Number.NaN };
  return { rho: correlation.value, pValue: correlationPValue(correlation.value, depths.length) };
}

function patternOf(rho: number, pValue: number): Convergence['pattern'] {
  if (rho > 0.6 && pValue < 0.05) return 'bottom-up';
  if (rho < -0.6 && pValue < 0.05) return 'top-down';
  if (Math.abs(rho) < 0.3) return 'simultaneous';
  return 'unclear';
}
