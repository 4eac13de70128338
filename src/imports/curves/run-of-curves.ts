import { InputError } from '../../errors/input-error.ts';
import type { Evaluation, Layer, MetricSeries, Run, Track } from '../../measurements/types.ts';
import { sameNumbers } from '../../numerics/same-numbers.ts';
import { metricNames } from '../../spectra/metrics.ts';
import { scalarMeanings } from './curve-names.ts';
import { LogNames, seriesName, trackSeriesName } from './log-names.ts';
import type { Curve } from './points.ts';

/** A run as a foreign log has it. */
export interface ForeignRun {
  /** As `runName` makes it. */
  readonly id: string;
  readonly architecture?: string;
  readonly dataset?: string;
  readonly seed?: number | null;
  readonly hyperparameters?: Run['hyperparameters'];
  readonly curves: readonly Curve[];
  /** By layer, what it computes, in the log's own words. */
  readonly kinds?: ReadonlyMap<string, string>;
}

/** The layer that curves of the whole network stand under, where a log has none of its layers. */
export const wholeNetwork = 'network';

/**
 * A run from curves. Its layers stand in the order in which the log first names them. Curves of the network as a whole become
 * loss, gradient norm, evaluations and a track `scalars`; where there are no others, they are the series of one layer,
 * `network`.
 *
 * @param file for messages.
 * @throws InputError if there is no curve, or a step is no whole number from 0.
 */
export function runOfCurves(foreign: ForeignRun, file: string): Run {
  const curves = foreign.curves.filter(({ points }) => points.steps.length > 0);
  if (curves.length === 0)
    throw new InputError({ file, allowed: 'a log with at least one curve of numbers' });
  for (const curve of curves) assertSteps(curve, file);
  const ofLayers = curves.filter(({ layer }) => layer !== null);
  const ofNetwork = curves.filter(({ layer }) => layer === null);
  const main = ofLayers.length > 0 ? ofLayers : ofNetwork;
  const steps = unionOfSteps(main);
  const meaning = scalarMeanings(ofNetwork.map(({ metric }) => metric));
  const meant = (wanted: string) => ofNetwork.find(({ metric }) => meaning.get(metric) === wanted);
  const tracks = ofLayers.length > 0 && ofNetwork.length > 0 ? [scalarTrack(ofNetwork)] : undefined;
  return {
    id: foreign.id,
    architecture: foreign.architecture ?? 'unknown',
    family: 'unknown',
    dataset: foreign.dataset ?? 'unknown',
    classes: null,
    seed: foreign.seed ?? null,
    hyperparameters: foreign.hyperparameters ?? {},
    parameterCount: null,
    plannedSteps: steps[steps.length - 1] + 1,
    probe: null,
    layers: layersOf(main, foreign.kinds ?? new Map(), steps),
    steps,
    loss: valuesAt(meant('loss'), steps),
    gradientNorm: valuesAt(meant('gradientNorm'), steps),
    evaluations: evaluationsOf(meant('accuracy')),
    ...(tracks !== undefined && { tracks }),
    complete: true,
    stopped: null,
  };
}

function assertSteps({ name, points: { steps } }: Curve, file: string): void {
  const wrong = steps.findIndex((step) => !Number.isSafeInteger(step) || step < 0);
  if (wrong < 0) return;
  const allowed = 'a training step, a whole number from 0 (say which column has them: --columns step=NAME)';
  throw new InputError({ file, field: `steps of ${name}`, value: steps[wrong], allowed });
}

/** Every step at which any of them was logged. */
function unionOfSteps(curves: readonly Curve[]): Float64Array {
  let union = curves[0].points.steps.slice();
  for (const { points } of curves) {
    const { steps } = points;
    if (sameNumbers(steps, union)) continue;
    const all = new Float64Array(union.length + steps.length);
    all.set(union);
    all.set(steps, union.length);
    all.sort();
    union = all.filter((step, i) => i === 0 || step !== all[i - 1]);
  }
  return union;
}

function layersOf(
  curves: readonly Curve[],
  kinds: ReadonlyMap<string, string>,
  steps: Float64Array,
): Layer[] {
  const byLayer = new Map<string, Map<string, Curve>>();
  const metrics = new Set<string>();
  for (const curve of curves) {
    const layer = curve.layer ?? wholeNetwork;
    if (!byLayer.has(layer)) byLayer.set(layer, new Map());
    byLayer.get(layer)!.set(curve.metric, curve);
    metrics.add(curve.metric);
  }
  const ids = new LogNames(seriesName);
  const named = [...metrics].map((metric) => [metric, ids.take(metric)] as const);
  return [...byLayer].map(([name, own], depth) => ({
    name: name.slice(0, 500),
    kind: kinds.get(name) ?? 'unknown',
    depth,
    samples: null,
    features: null,
    pooling: null,
    // A log has every series for every layer.
    series: new Map(named.map(([metric, id]) => [id, seriesOf(metric, own.get(metric), steps)])),
    spectra: null,
  }));
}

/** Shared by all entries: a log may hold nothing else. */
const absent = 'not logged at this step';

function seriesOf(name: string, curve: Curve | undefined, steps: Float64Array): MetricSeries {
  const values = valuesAt(curve, steps);
  const logged = new Set(
    curve?.gap == null ? [] : curve.points.steps.filter((_, i) => !Number.isFinite(curve.points.values[i])),
  );
  const undetermined: { index: number; reason: string }[] = [];
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(values[index])) continue;
    values[index] = Number.NaN;
    const reason = logged.has(steps[index])
      ? `no number; the first such: ${curve!.gap!.slice(0, 200)}`
      : absent;
    undetermined.push({ index, reason });
  }
  const known = name.replace(/\.(?:raw|logged)$/, '');
  const isRaw = name.endsWith('.raw') && (metricNames as readonly string[]).includes(known);
  return {
    metric: (isRaw ? known : name).slice(0, 100),
    centering: isRaw ? 'none' : null,
    origin: 'logged',
    values,
    undetermined,
  };
}

/** The curve's values at these steps; NaN where it has none. */
function valuesAt(curve: Curve | undefined, steps: Float64Array): Float64Array {
  const values = new Float64Array(steps.length).fill(Number.NaN);
  if (curve === undefined) return values;
  const { steps: own, values: logged } = curve.points;
  let at = 0;
  for (let i = 0; i < steps.length; i++) {
    while (at < own.length && own[at] < steps[i]) at++;
    if (at < own.length && own[at] === steps[i]) values[i] = logged[at];
  }
  return values;
}

/** Shares of correct answers; percentages and what else is called an accuracy stay curves alone. */
function evaluationsOf(curve: Curve | undefined): Evaluation[] {
  if (curve === undefined) return [];
  const { steps, values } = curve.points;
  const isShare = values.every((value) => Number.isNaN(value) || (value >= 0 && value <= 1));
  if (!isShare) return [];
  return Array.from(steps, (step, i) => ({ step, accuracy: values[i], examples: null })).filter(
    ({ accuracy }) => Number.isFinite(accuracy),
  );
}

function scalarTrack(curves: readonly Curve[]): Track {
  const steps = unionOfSteps(curves);
  const names = new LogNames(trackSeriesName);
  const series = curves.map(
    (curve) => [names.take(curve.metric), seriesOf(curve.metric, curve, steps)] as const,
  );
  const network = {
    name: wholeNetwork,
    rows: null,
    columns: null,
    series: new Map(series),
    singularValues: null,
  };
  return { id: 'scalars', steps, subjects: [network] };
}
