import { type DetectorName, defaultDetector, detectorNamed } from '../detectors/registry.ts';
import type { Detection, Detector, Series } from '../detectors/types.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import type { Layer, LayerKind, Run } from '../measurements/types.ts';
import type { Random } from '../numerics/random.ts';
import { type ConvergenceOrder, convergenceOrder } from './convergence-order.ts';
import { type CriticalPeriods, criticalPeriods } from './critical-periods.ts';
import { determinedPoints } from './determined-points.ts';
import { changesOfRun } from './run-changes/changes-of-run.ts';
import type { RunChanges } from './run-changes/types.ts';
import { type Stabilization, stabilizationOf } from './stabilization.ts';
import { describeCurve } from './stretches/describe-curve.ts';
import type { StabilizedOptions } from './stretches/stabilized.ts';
import type { CurveDescription } from './stretches/types.ts';

export interface RunAnalysisOptions {
  /** The metric series to analyze, e.g. `stable_rank.raw`. */
  readonly seriesId: string;
  /** Source of permutations and shifts. */
  readonly rng: Random;
  /** Default: the program's default detector. */
  readonly detector?: DetectorName;
  /** Level of every test and interval. Default 0.05. */
  readonly alpha?: number;
  /** What counts as stable. */
  readonly stabilization?: StabilizedOptions;
  /** Control runs that the run as a whole is compared with, instead of with its own past. */
  readonly against?: readonly Run[];
}

/** One metric series of a run in a few numbers; null where no measurement has a value. */
export interface SeriesSummary {
  readonly first: number | null;
  readonly last: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Measurements, with and without a value. */
  readonly measurements: number;
  /** Measurements without a value: left out of everything else. */
  readonly undetermined: number;
  readonly undeterminedShare: number;
}

export interface LayerDynamics {
  readonly layer: string;
  readonly depth: number;
  readonly kind: LayerKind;
  /** What its curve does: rises, falls, wanders, stays level. */
  readonly curve: CurveDescription;
  /** Whether and from when on that curve is stable. */
  readonly stabilization: Stabilization;
  /** Indices are those of the run's measurements. */
  readonly detection: Detection;
  readonly summary: SeriesSummary;
}

/** How one metric of one run moves over training. */
export interface RunDynamics {
  readonly runId: string;
  readonly seriesId: string;
  readonly detector: DetectorName;
  readonly alpha: number;
  /** In network order. */
  readonly layers: readonly LayerDynamics[];
  readonly convergenceOrder: ConvergenceOrder;
  readonly criticalPeriods: CriticalPeriods;
  /** When the run as a whole changed: over all layers, their metrics and velocities, and the loss. */
  readonly runChanges: RunChanges;
}

/**
 * Analyzes one metric series of every layer of a run: stabilization, jumps, order of convergence, critical periods.
 * Pure: the same run, options and seed give the same result.
 *
 * @throws InputError if a layer does not have the series, or there is no such detector.
 * @example
 * analyzeRun(run, { seriesId: 'participation_ratio', rng: createRandom(1) }).convergenceOrder.pattern;
 */
export function analyzeRun(run: Run, options: RunAnalysisOptions): RunDynamics {
  const { seriesId, rng, detector = defaultDetector, alpha = 0.05, against } = options;
  const detect = detectorNamed(detector);
  const { steps, loss } = run;
  const measured = run.layers.map((layer) => ({ layer, values: valuesOf(run, layer, seriesId) }));
  const layers = measured.map(({ layer: { name, depth, kind }, values }): LayerDynamics => {
    const curve = describeCurve({ steps, values }, { ...options.stabilization, alpha: curveAlpha(alpha) });
    return {
      ...{ layer: name, depth, kind, curve },
      stabilization: stabilizationOf(curve),
      detection: detectDetermined({ steps, values }, detect, alpha),
      summary: summarize(values),
    };
  });
  return {
    runId: run.id,
    seriesId,
    detector,
    alpha,
    layers,
    convergenceOrder: convergenceOrder(layers, rng.fork('convergence order'), { alpha }),
    criticalPeriods: criticalPeriods(
      { steps, loss, layers: layers.map(({ layer, curve }) => ({ name: layer, curve })) },
      rng.fork('critical periods'),
      { alpha },
    ),
    runChanges: changesOfRun(run, { alpha, against }),
  };
}

/** The level at which curves are described: thresholds are simulated within these. */
export function curveAlpha(alpha: number): number {
  return Math.min(0.2, Math.max(1e-4, alpha));
}

function valuesOf(run: Run, layer: Layer, seriesId: string): Float64Array {
  const series = layer.series.get(seriesId);
  if (series !== undefined) return series.values;
  throw new InputError({
    field: `series of ${run.id}, layer ${layer.name}`,
    value: seriesId,
    allowed: oneOf(seriesId, [...layer.series.keys()]),
  });
}

/** Detects in the points that have a value; indices in the answer are those of all points. */
function detectDetermined(series: Series, detect: Detector, alpha: number): Detection {
  const { series: points, indices, dropped } = determinedPoints(series);
  const detection = detect(points, { alpha });
  if (!detection.testable || dropped === 0) return detection;
  return {
    ...detection,
    changes: detection.changes.map((change) => ({ ...change, index: indices[change.index] })),
  };
}

function summarize(values: Float64Array): SeriesSummary {
  const known = values.filter(Number.isFinite);
  const undetermined = values.length - known.length;
  const none = known.length === 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of known) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return {
    first: none ? null : known[0],
    last: none ? null : known[known.length - 1],
    min: none ? null : min,
    max: none ? null : max,
    measurements: values.length,
    undetermined,
    undeterminedShare: values.length === 0 ? 0 : undetermined / values.length,
  };
}
