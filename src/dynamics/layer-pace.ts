import { quantileSorted } from '../numerics/quantile.ts';
import type { CurveDescription } from './stretches/types.ts';

/** One quantity of all layers between measurements, in units of what their jitter alone gives. */
export interface PaceOverLayers {
  /** Training steps at which the intervals end (velocity), or that lie between two of them (acceleration). */
  readonly steps: Float64Array;
  /** Median over the layers, and the largest of them; NaN where no layer has a value. */
  readonly median: Float64Array;
  readonly highest: Float64Array;
}

/** How fast the layers of a run move, and how abruptly. */
export interface LayerPace {
  /** Layers that entered: those that could be described and jitter. */
  readonly layers: number;
  /** Absolute change per training step. */
  readonly velocity: PaceOverLayers;
  /** Absolute change of that from one interval to the next. */
  readonly acceleration: PaceOverLayers;
}

/** A layer's series, and what its curve does. */
export interface PacedLayer {
  readonly values: Float64Array;
  readonly curve: CurveDescription;
}

/**
 * Velocity and acceleration of every layer in standard deviations of those that its jitter alone would have, whatever the spacing of the
 * measurements: 1 is nothing, and 95 % of what jitter gives lies below 1.96. The jitter is the typical one of the curve, with its
 * memory ρ: differences of neighbors have the variance 2σ²(1 − ρ).
 *
 * @returns null where no layer jitters.
 * @example
 * layerPace(steps, [{ values, curve: describeCurve({ steps, values }) }])?.velocity.median;
 */
export function layerPace(steps: Float64Array, layers: readonly PacedLayer[]): LayerPace | null {
  const paced = layers.flatMap(({ values, curve }) =>
    curve.described && curve.noise.sd > 0 ? [{ values, ...curve.noise }] : [],
  );
  if (paced.length === 0 || steps.length < 3) return null;
  const gap = (i: number): number => steps[i] - steps[i - 1];
  const velocity = (layer: JitteringLayer, i: number): number => {
    const { values, sd, memory } = layer;
    return Math.abs(values[i] - values[i - 1]) / (sd * Math.sqrt(2 * (1 - memory)));
  };
  const acceleration = ({ values, sd, memory }: JitteringLayer, i: number): number => {
    const before = gap(i);
    const after = gap(i + 1);
    const change = (values[i + 1] - values[i]) / after - (values[i] - values[i - 1]) / before;
    // The two differences share a measurement, and with it −σ²(1 − ρ)² of their covariance.
    const variance =
      2 * (1 - memory) * (1 / before ** 2 + 1 / after ** 2) + (2 * (1 - memory) ** 2) / (before * after);
    return Math.abs(change) / (sd * Math.sqrt(variance));
  };
  return {
    layers: paced.length,
    velocity: overLayers(steps.subarray(1), paced, velocity),
    acceleration: overLayers(steps.subarray(1, -1), paced, acceleration),
  };
}

interface JitteringLayer {
  readonly values: Float64Array;
  readonly sd: number;
  readonly memory: number;
}

/** @param paceAt of a layer at a measurement, of which the first has none. */
function overLayers(
  steps: Float64Array,
  layers: readonly JitteringLayer[],
  paceAt: (layer: JitteringLayer, i: number) => number,
): PaceOverLayers {
  const median = new Float64Array(steps.length).fill(Number.NaN);
  const highest = new Float64Array(steps.length).fill(Number.NaN);
  const scratch = new Float64Array(layers.length);
  for (let i = 0; i < steps.length; i++) {
    let count = 0;
    for (const layer of layers) {
      const pace = paceAt(layer, i + 1);
      if (Number.isFinite(pace)) scratch[count++] = pace;
    }
    if (count === 0) continue;
    scratch.subarray(0, count).sort();
    median[i] = quantileSorted(scratch, 0.5, count);
    highest[i] = scratch[count - 1];
  }
  return { steps, median, highest };
}
