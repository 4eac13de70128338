import type { Run } from '../measurements/types.ts';
import { normalQuantile } from '../numerics/normal-distribution.ts';
import type { RunDynamics } from './analyze-run.ts';
import { largestDifferences } from './largest-differences.ts';
import { type LocalNoise, localNoise, medianError, noiseWithin } from './local-noise.ts';
import {
  defaultWindow,
  type StepWindow,
  typicalGap,
  type WindowMedian,
  windowMedian,
} from './step-window.ts';
import { fastStretches, stepsOf } from './stretches/fast-stretches.ts';
import type { Stretch } from './stretches/types.ts';
import type { Change, Series } from './types.ts';

export interface CriticalMomentsOptions {
  /** How many moments at most. Default 5. */
  readonly moments?: number;
  /** Training steps looked at on either side of a change, above 0. Default: ten measurements. */
  readonly window?: number;
  /** Fill up with the largest rates of change of layers without a detected change. Default false. */
  readonly largestDifferences?: boolean;
}

/** The largest changes of one metric in a run, and what else happened around each. */
export interface CriticalMoments {
  readonly seriesId: string;
  readonly detector: string;
  /** Level at which a movement is told from noise, over all rows of a moment. */
  readonly alpha: number;
  /** Training steps looked at on either side of a change. */
  readonly window: number;
  /** Whether changes are ranked in units of noise, or, where the detector estimates none, in the metric's unit. */
  readonly rankedBy: 'effect' | 'magnitude';
  /** Changes in all layers, of which the moments are the largest. */
  readonly detected: number;
  /** Layers whose curves could be described. */
  readonly describedLayers: number;
  /** Layers whose series the step detector could test. */
  readonly testableLayers: number;
  /** Largest first; those that were not tested come last. */
  readonly moments: readonly CriticalMoment[];
}

/** A change of one layer. JSON-friendly: what is not known is null. */
export interface LayerChange extends Omit<Change, 'effect' | 'kind'> {
  readonly layer: string;
  /** Of the step detector: level, slope or variance; of the curve: a jump, or a fast rise or fall. */
  readonly kind: Change['kind'] | 'jump' | 'fast';
  readonly effect: number | null;
  /** False for a mere largest difference: the detector found no change in the layer, or could not look for any. */
  readonly tested: boolean;
}

export interface CriticalMoment {
  readonly change: LayerChange;
  /** Smaller changes within the window, of this or other layers: they are no moments of their own. */
  readonly accompanying: readonly LayerChange[];
  /** `during` is the interval in which the change lies. */
  readonly windows: { readonly before: StepWindow; readonly during: StepWindow; readonly after: StepWindow };
  /** Every layer, in network order. */
  readonly layers: readonly (Passage & { readonly layer: string })[];
  readonly loss: Passage;
  readonly gradientNorm: Passage;
  /** Other layers whose metric moved beyond its noise in the same window. */
  readonly otherLayersMoved: readonly string[];
}

/** A quantity before, during and after a moment. */
export interface Passage {
  readonly before: WindowMedian;
  readonly during: WindowMedian;
  readonly after: WindowMedian;
  readonly movement: Movement;
}

/** Whether a quantity went from before to after by more than its noise explains. A trend is movement as well. */
export type Movement =
  | {
      readonly determined: true;
      readonly moved: boolean;
      /** After less before. */
      readonly difference: number;
      /** Standard error of the difference, of noise alone. */
      readonly standardError: number;
    }
  | { readonly determined: false; readonly reason: string };

/**
 * The critical moments of a run: the largest changes that the step detector finds, and the jumps and fast rises and falls
 * of curves where it finds none or cannot test; each with the metric of every layer, the loss and the gradient norm before,
 * during and after. Changes within the window of a larger one belong to its moment.
 *
 * Changes are ranked in units of local noise where the detector estimates it, else by magnitude; a kink counts by what
 * it has added by the end of the window. A quantity moved if the difference of its window medians exceeds what AR(1)
 * noise of its local strength explains (normal approximation, Bonferroni over the quantities of a moment).
 *
 * @param dynamics the analysis of the same run.
 * @throws RangeError for an option out of range.
 * @example
 * criticalMoments(run, analyzeRun(run, options), { moments: 3 }).moments[0].otherLayersMoved;
 */
export function criticalMoments(
  run: Run,
  dynamics: RunDynamics,
  options: CriticalMomentsOptions = {},
): CriticalMoments {
  const { moments: most = 5, window = defaultWindow(run.steps) || 1 } = options;
  if (!(Number.isSafeInteger(most) && most >= 0))
    throw new RangeError(`moments is ${most}; allowed: 0 or more`);
  if (!(window > 0)) throw new RangeError(`window is ${window}; allowed: above 0 training steps`);
  const { seriesId, detector, alpha } = dynamics;
  const detected = foundChanges(dynamics);
  const rankedBy = detected.every(({ effect }) => effect !== null) ? 'effect' : 'magnitude';
  const perWindow = { effect: window / (typicalGap(run.steps) || 1), magnitude: window };
  const size = (change: LayerChange): number =>
    (change[rankedBy] ?? 0) * (change.kind === 'slope' ? perWindow[rankedBy] : 1);
  const ranked = [...detected].sort((a, b) => size(b) - size(a));
  if (options.largestDifferences) ranked.push(...untestedChanges(run, dynamics, most, window));

  const quantities = measuredQuantities(run, seriesId);
  return {
    seriesId,
    detector,
    alpha,
    window,
    rankedBy,
    detected: detected.length,
    describedLayers: dynamics.layers.filter(({ curve }) => curve.described).length,
    testableLayers: dynamics.layers.filter(({ detection }) => detection.testable).length,
    moments: gather(ranked, most, window).map(({ change, accompanying }) =>
      describeMoment(change, accompanying, window, quantities, alpha),
    ),
  };
}

/** What the detector finds, and the jumps and fast stretches in which it finds nothing. */
function foundChanges({ layers }: RunDynamics): LayerChange[] {
  return layers.flatMap(({ layer, detection, curve }) => {
    const detected = detection.testable ? detection.changes : [];
    const missed = fastStretches(curve).filter(
      ({ from, to }) =>
        !detected.some(({ interval: [first, last] }) => first <= to.interval[1] && last >= from.interval[0]),
    );
    return [
      ...detected.map((change) => layerChange(layer, change, true)),
      ...missed.map((stretch) => stretchChange(layer, stretch)),
    ];
  });
}

function stretchChange(layer: string, stretch: Stretch): LayerChange {
  const { kind, pace, half, to, amplitude, amplitudeInNoise, pValue } = stretch;
  const { index, step } = half ?? to;
  return {
    ...{ layer, index, step, interval: stepsOf(stretch) },
    kind: pace === 'jump' ? 'jump' : 'fast',
    direction: kind === 'rise' ? 'increase' : 'decrease',
    magnitude: Math.abs(amplitude.value),
    effect: amplitudeInNoise === null ? null : Math.abs(amplitudeInNoise),
    ...{ pValue, tested: true },
  };
}

/** Largest differences of the layers in which no change was detected, the fastest first. */
function untestedChanges(
  run: Run,
  { layers, seriesId }: RunDynamics,
  count: number,
  separation: number,
): LayerChange[] {
  const rate = ({ magnitude, interval: [from, to] }: LayerChange): number => magnitude / (to - from);
  return layers
    .flatMap(({ layer, detection, curve }, l) => {
      if ((detection.testable && detection.changes.length > 0) || fastStretches(curve).length > 0) return [];
      const { values } = run.layers[l].series.get(seriesId)!;
      return largestDifferences({ steps: run.steps, values }, count, separation).map((change) =>
        layerChange(layer, change, false),
      );
    })
    .sort((a, b) => rate(b) - rate(a));
}

function layerChange(layer: string, change: Change, tested: boolean): LayerChange {
  return { layer, ...change, effect: Number.isFinite(change.effect) ? change.effect : null, tested };
}

interface Gathered {
  readonly change: LayerChange;
  readonly accompanying: LayerChange[];
}

/** The first changes, each with the later ones of the list that fall into its window. */
function gather(ranked: readonly LayerChange[], most: number, window: number): Gathered[] {
  const moments: Gathered[] = [];
  for (const change of ranked) {
    const owner = moments.find(
      ({ change: { interval } }) =>
        change.step >= interval[0] - window && change.step <= interval[1] + window,
    );
    if (owner !== undefined) owner.accompanying.push(change);
    else if (moments.length < most) moments.push({ change, accompanying: [] });
  }
  return moments;
}

interface Quantity {
  readonly series: Series;
  readonly noise: LocalNoise;
}

interface Quantities {
  readonly layers: readonly (Quantity & { readonly layer: string })[];
  readonly loss: Quantity;
  readonly gradientNorm: Quantity;
}

function measuredQuantities({ steps, layers, loss, gradientNorm }: Run, seriesId: string): Quantities {
  const quantity = (values: Float64Array): Quantity => {
    const series = { steps, values };
    return { series, noise: localNoise(series) };
  };
  return {
    layers: layers.map(({ name, series }) => ({ layer: name, ...quantity(series.get(seriesId)!.values) })),
    loss: quantity(loss),
    gradientNorm: quantity(gradientNorm),
  };
}

function describeMoment(
  change: LayerChange,
  accompanying: LayerChange[],
  window: number,
  { layers, loss, gradientNorm }: Quantities,
  alpha: number,
): CriticalMoment {
  const [from, to] = change.interval;
  // A stretch begins at the last measurement of what was before it and ends at the first of what comes after.
  const apart = change.kind === 'jump' || change.kind === 'fast' ? 0 : 1;
  const windows: CriticalMoment['windows'] = {
    before: [from - window, from - apart],
    during: change.interval,
    after: [to + apart, to + window],
  };
  const threshold = -normalQuantile(alpha / (2 * (layers.length + 2)));
  const passage = (quantity: Quantity): Passage => describePassage(quantity, windows, threshold);
  const passages = layers.map((quantity) => ({ layer: quantity.layer, ...passage(quantity) }));
  return {
    change,
    accompanying,
    windows,
    layers: passages,
    loss: passage(loss),
    gradientNorm: passage(gradientNorm),
    otherLayersMoved: passages
      .filter(({ layer, movement }) => layer !== change.layer && movement.determined && movement.moved)
      .map(({ layer }) => layer),
  };
}

function describePassage(
  { series, noise }: Quantity,
  windows: CriticalMoment['windows'],
  threshold: number,
): Passage {
  const before = windowMedian(series, windows.before);
  const during = windowMedian(series, windows.during);
  const after = windowMedian(series, windows.after);
  return { before, during, after, movement: movementOf(before, after, noise, windows, threshold) };
}

function movementOf(
  before: WindowMedian,
  after: WindowMedian,
  noise: LocalNoise,
  windows: CriticalMoment['windows'],
  threshold: number,
): Movement {
  if (before.median === null || after.median === null) {
    const side = before.median === null ? 'before' : 'after';
    return { determined: false, reason: `no measurement with a value ${side} the change` };
  }
  if (!noise.determined) return noise;
  const difference = after.median - before.median;
  const standardError = Math.hypot(
    medianError(noiseWithin(noise, windows.before), before.count, noise.phi),
    medianError(noiseWithin(noise, windows.after), after.count, noise.phi),
  );
  const moved = Math.abs(difference) > Math.max(noise.resolution, threshold * standardError);
  return { determined: true, moved, difference, standardError };
}
