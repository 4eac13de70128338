import type { Change } from '../detectors/types.ts';
import type { Run } from '../measurements/types.ts';
import type { RunDynamics } from './analyze-run.ts';
import { largestDifferences } from './largest-differences.ts';
import { fastStretches, stepsOf } from './stretches/fast-stretches.ts';
import type { Stretch } from './stretches/types.ts';

/** A change of one layer. JSON-friendly: what is not known is null. */
export interface LayerChange extends Omit<Change, 'effect' | 'kind'> {
  readonly layer: string;
  /** Of the step detector: level, slope or variance; of the curve: a jump, or a fast rise or fall. */
  readonly kind: Change['kind'] | 'jump' | 'fast';
  readonly effect: number | null;
  /** False for a mere largest difference: the detector found no change in the layer, or could not look for any. */
  readonly tested: boolean;
}

/** What the detector finds, and the jumps and fast stretches in which it finds nothing. */
export function foundChanges({ layers }: RunDynamics): LayerChange[] {
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
export function untestedChanges(
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
