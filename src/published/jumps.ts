import { mean, standardDeviation } from '../numerics/moments.ts';
import { differences } from './differences.ts';
import { type LoggedRun, sortedLayers } from './logged-run.ts';
import { mersenneTwister } from './mersenne-twister.ts';
import { float, pandasCsv, pythonJson } from './python-format.ts';
import { scikitKMeans } from './scikit-k-means.ts';

const Z_THRESHOLD = 2;
const SPEED_WINDOW = 5;
const MOST_CLUSTERS = 5;
const RESTARTS = 10;
const K_MEANS_SEED = 42;

/** A jump of one series. */
export interface SeriesJump {
  /** Called a step in the published files, but it is the index of the difference: measurement `step` to `step + 1`. */
  readonly step: number;
  readonly magnitude: number;
  readonly speed: number;
  readonly direction: 'increase' | 'decrease';
}

/** A jump with where it was found. */
export interface LocatedJump extends SeriesJump {
  /** `step` over the planned training steps: a fifth of the true share, since `step` is an index. */
  readonly phase: number;
  readonly layer: string;
  readonly experiment: string;
  readonly archName: string;
  readonly dataset: string;
}

/** One row of the published table. */
export interface Jump extends LocatedJump {
  readonly phaseCategory: 'early' | 'mid' | 'late';
  /** k-means label 0 … 4. */
  readonly cluster: number;
}

/**
 * Step 1.2 as published: the jumps of one series, differences more than two standard deviations from their mean.
 *
 * The threshold comes from the series itself, so about one difference in twenty of pure noise is a jump too.
 * A series of equal differences has none.
 */
export function detectJumps(series: Float64Array): SeriesJump[] {
  if (series.length < 3) return [];
  const velocity = differences(series);
  const drift = mean(velocity);
  const deviation = standardDeviation(velocity);
  if (deviation === 0) return [];
  const jumps: SeriesJump[] = [];
  velocity.forEach((change, step) => {
    if (!(Math.abs((change - drift) / deviation) > Z_THRESHOLD)) return;
    const half = Math.floor(SPEED_WINDOW / 2);
    const start = Math.max(0, step - half);
    const end = Math.min(series.length, step + half + 1);
    jumps.push({
      step,
      magnitude: Math.abs(change),
      // Net change over the window, divided by its measurements rather than its intervals.
      speed: Math.abs(series[end - 1] - series[start]) / (end - start),
      direction: change > 0 ? 'increase' : 'decrease',
    });
  });
  return jumps;
}

/** All jumps of all runs, with their k-means clusters, in the order of the published table. */
export function characteriseJumps(runs: readonly LoggedRun[]): Jump[] {
  const located = runs.flatMap((run) => sortedLayers(run).flatMap((layer) => locateJumps(run, layer)));
  const clusters = clusterJumps(located);
  return located.map((jump, i) => ({
    ...jump,
    phaseCategory: jump.phase < 0.33 ? 'early' : jump.phase < 0.67 ? 'mid' : 'late',
    cluster: clusters[i],
  }));
}

/** The text of `all_jumps_detailed.csv`. */
export function jumpTable(jumps: readonly Jump[]): string {
  return pandasCsv(
    [
      'step',
      'magnitude',
      'speed',
      'direction',
      'phase',
      'layer',
      'experiment',
      'arch_name',
      'dataset',
      'phase_category',
      'cluster',
    ],
    jumps.map((jump) => [
      jump.step,
      float(jump.magnitude),
      float(jump.speed),
      jump.direction,
      float(jump.phase),
      jump.layer,
      jump.experiment,
      jump.archName,
      jump.dataset,
      jump.phaseCategory,
      jump.cluster,
    ]),
  );
}

/** The text of `jump_characterization_summary.json`. */
export function jumpSummary(runs: readonly LoggedRun[], jumps: readonly Jump[]): string {
  const summaries = runs.map((run) => {
    const own = jumps.filter((jump) => jump.experiment === run.name);
    const layers = sortedLayers(run);
    return {
      experiment: run.name,
      arch_name: run.archName,
      dataset: run.datasetName,
      total_jumps: own.length,
      num_layers: layers.length,
      jumps_per_layer: float(own.length / layers.length),
      layer_analysis: new Map(
        layers.map((layer) => [layer, own.filter((jump) => jump.layer === layer).length] as const),
      ),
    };
  });
  return pythonJson({
    total_jumps: jumps.length,
    experiments_with_jumps: summaries.filter((summary) => summary.total_jumps > 0).length,
    phase_distribution: countsByFrequency(jumps.map((jump) => jump.phaseCategory)),
    cluster_info: {
      n_clusters: clusterCount(jumps.length),
      cluster_sizes: countsByFrequency(jumps.map((jump) => String(jump.cluster))),
    },
    experiment_summaries: summaries,
  });
}

function locateJumps(run: LoggedRun, layer: string): LocatedJump[] {
  return detectJumps(run.stableRank.get(layer)!).map((jump) => ({
    ...jump,
    phase: jump.step / run.plannedSteps,
    layer,
    experiment: run.name,
    archName: run.archName,
    dataset: run.datasetName,
  }));
}

/**
 * k-means on standardized phase, magnitude and speed. The published labels are those of scikit-learn with
 * `random_state=42`; the same generator, drawn from in the same order, gives the same labels.
 */
function clusterJumps(jumps: readonly LocatedJump[]): Uint8Array {
  if (jumps.length === 0) return new Uint8Array(0);
  const features = (['phase', 'magnitude', 'speed'] as const).map((name) =>
    standardize(Float64Array.from(jumps, (jump) => jump[name])),
  );
  return scikitKMeans(features, {
    clusters: clusterCount(jumps.length),
    restarts: RESTARTS,
    random: mersenneTwister(K_MEANS_SEED),
  });
}

function clusterCount(jumps: number): number {
  return Math.min(MOST_CLUSTERS, Math.floor(jumps / 10) + 1);
}

/** Zero mean and unit population standard deviation; a constant column becomes zeros. */
function standardize(column: Float64Array): Float64Array {
  const center = mean(column);
  const deviation = standardDeviation(column) || 1;
  return column.map((value) => (value - center) / deviation);
}

/** How often each value occurs, commonest first, ties in order of appearance (pandas' `value_counts`). */
function countsByFrequency(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}
