import type { Random } from '../numerics/random.ts';
import { coordination } from './coordination.ts';
import { criticalMeasurements } from './critical-measurements.ts';
import { type LossCoupling, lossCoupling } from './loss-coupling.ts';

/** Layers measured at the same steps. */
export interface CriticalPeriodsInput {
  readonly steps: Float64Array;
  readonly loss: Float64Array;
  readonly layers: readonly { readonly name: string; readonly values: Float64Array }[];
}

export interface CriticalPeriodsOptions {
  /** A measurement is critical above this percentile of its layer's rates of change. Default 90. */
  readonly percentile?: number;
  /** Level of threshold and intervals. Default 0.05. */
  readonly alpha?: number;
  /** Random shifts of the layers. Default 999. */
  readonly shifts?: number;
}

export type CriticalLayer =
  | {
      readonly layer: string;
      readonly determined: true;
      /** Training steps at which an interval of fast change ends. */
      readonly critical: readonly number[];
      /** Absolute change per training step, exceeded strictly. */
      readonly threshold: number;
      /** Intervals between measurements of which an end has no value. */
      readonly undetermined: number;
    }
  | {
      readonly layer: string;
      readonly determined: false;
      readonly reason: string;
      readonly undetermined: number;
    };

export type CoordinatedPeriods =
  | {
      readonly determined: true;
      /** Layers that entered. */
      readonly layers: number;
      /** Share of those layers that are critical in the interval ending at each of the run's `steps` but the first. */
      readonly share: readonly number[];
      readonly baseRate: number;
      readonly maximum: { readonly share: number; readonly step: number; readonly pValue: number };
      /** Least share held to be coordinated, at level alpha over the whole run; null if even all layers are not enough. */
      readonly threshold: number | null;
      readonly alpha: number;
      /** Merged stretches at or above the threshold, in training steps. */
      readonly periods: readonly { readonly from: number; readonly to: number; readonly peakShare: number }[];
      readonly shifts: number;
    }
  | { readonly determined: false; readonly reason: string };

/** When the layers of a run change fastest, whether together, and whether with the loss. */
export interface CriticalPeriods {
  readonly percentile: number;
  /** Ends of the intervals between measurements: the run's steps but the first. */
  readonly steps: readonly number[];
  readonly layers: readonly CriticalLayer[];
  readonly coordination: CoordinatedPeriods;
  readonly loss: LossCoupling;
}

/**
 * Finds the critical measurements of each layer and holds them against chance: the other layers' by circular shifts
 * (`coordination`), the falls of the loss by their base rate (`lossCoupling`).
 *
 * @throws RangeError if a series is not as long as `steps` or the percentile is not between 0 and 100.
 * @example
 * criticalPeriods({ steps, loss, layers }, createRandom(1)).coordination;
 */
export function criticalPeriods(
  { steps, loss, layers }: CriticalPeriodsInput,
  rng: Random,
  options: CriticalPeriodsOptions = {},
): CriticalPeriods {
  const { percentile = 90, alpha = 0.05, shifts = 999 } = options;
  if (!(percentile > 0 && percentile < 100))
    throw new RangeError(`percentile is ${percentile}; allowed: 0 to 100`);
  for (const { length } of [loss, ...layers.map(({ values }) => values)]) {
    if (length !== steps.length)
      throw new RangeError(`a series has ${length} values for ${steps.length} steps`);
  }
  const ends = Array.from(steps.subarray(1));
  const found = layers.map(({ values }) => criticalMeasurements({ steps, values }, percentile));
  const critical = found.flatMap((layer) => (layer.determined ? [layer.intervals] : []));
  const together = coordination(critical, ends.length, rng.fork('coordination'), { alpha, shifts });
  return {
    percentile,
    steps: ends,
    layers: found.map((layer, i): CriticalLayer => {
      const name = layers[i].name;
      if (!layer.determined) return { layer: name, ...layer };
      const { intervals, ...rest } = layer;
      return { layer: name, ...rest, critical: Array.from(intervals, (at) => ends[at]) };
    }),
    coordination: together.determined
      ? {
          ...together,
          maximum: {
            share: together.maximum.share,
            step: ends[together.maximum.interval],
            pValue: together.maximum.pValue,
          },
          periods: together.periods.map(({ first, last, peakShare }) => ({
            from: steps[first],
            to: ends[last],
            peakShare,
          })),
        }
      : together,
    loss: lossCoupling(critical, loss, rng.fork('loss'), { alpha }),
  };
}
