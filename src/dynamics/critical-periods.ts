import type { Random } from '../numerics/random.ts';
import { coordination } from './coordination.ts';
import { type LossCoupling, lossCoupling } from './loss-coupling.ts';
import { fastStretches, stepsOf } from './stretches/fast-stretches.ts';
import type { CurveDescription, Stretch } from './stretches/types.ts';

/** Layers measured at the same steps, and what their curves do. */
export interface CriticalPeriodsInput {
  readonly steps: Float64Array;
  readonly loss: Float64Array;
  readonly layers: readonly { readonly name: string; readonly curve: CurveDescription }[];
}

export interface CriticalPeriodsOptions {
  /** Level of threshold and intervals. Default 0.05. */
  readonly alpha?: number;
  /** Random shifts of the layers. Default 999. */
  readonly shifts?: number;
}

export type CriticalLayer =
  | {
      readonly layer: string;
      readonly determined: true;
      /** The layer's jumps and fast rises and falls, in training steps; none where it is never fast. */
      readonly fast: readonly { readonly from: number; readonly to: number }[];
    }
  | { readonly layer: string; readonly determined: false; readonly reason: string };

export type CoordinatedPeriods =
  | {
      readonly determined: true;
      /** Layers that entered: those whose curves could be described, fast or not. */
      readonly layers: number;
      /** Share of those layers that are fast in the interval ending at each of the run's `steps` but the first. */
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

/** When the layers of a run are fast, whether together, and whether with the loss. */
export interface CriticalPeriods {
  /** Ends of the intervals between measurements: the run's steps but the first. */
  readonly steps: readonly number[];
  readonly layers: readonly CriticalLayer[];
  readonly coordination: CoordinatedPeriods;
  readonly loss: LossCoupling;
}

/**
 * Finds the periods in which several layers are fast at once: each in a jump, or in a rise or fall that is surely faster than
 * what lies beside it. They are held against chance: the other layers' by circular shifts (`coordination`), the falls of the
 * loss by their base rate (`lossCoupling`).
 *
 * @throws RangeError if the loss is not as long as `steps`.
 * @example
 * criticalPeriods({ steps, loss, layers: [{ name: 'network.0', curve }] }, createRandom(1)).coordination;
 */
export function criticalPeriods(
  { steps, loss, layers }: CriticalPeriodsInput,
  rng: Random,
  options: CriticalPeriodsOptions = {},
): CriticalPeriods {
  const { alpha = 0.05, shifts = 999 } = options;
  if (loss.length !== steps.length)
    throw new RangeError(`the loss has ${loss.length} values for ${steps.length} steps`);
  const ends = Array.from(steps.subarray(1));
  const described = layers.filter(({ curve }) => curve.described);
  const fast = described.map(({ curve }) => intervalsWithin(fastStretches(curve), steps));
  return {
    steps: ends,
    layers: layers.map(
      ({ name, curve }): CriticalLayer =>
        curve.described
          ? {
              ...{ layer: name, determined: true },
              fast: fastStretches(curve)
                .map(stepsOf)
                .map(([from, to]) => ({ from, to })),
            }
          : { layer: name, determined: false, reason: curve.reason },
    ),
    coordination: coordinated(fast, layers.length, steps, rng.fork('coordination'), { alpha, shifts }),
    loss: lossCoupling(
      fast.filter(({ length }) => length > 0),
      loss,
      rng.fork('loss'),
      { alpha },
    ),
  };
}

function coordinated(
  fast: readonly Uint32Array[],
  layers: number,
  steps: Float64Array,
  rng: Random,
  options: { readonly alpha: number; readonly shifts: number },
): CoordinatedPeriods {
  const moving = fast.filter(({ length }) => length > 0).length;
  if (moving < 2) {
    const reason = `${moving} of ${layers} layers ${moving === 1 ? 'is' : 'are'} fast anywhere; at least 2 are needed`;
    return { determined: false, reason };
  }
  const ends = steps.subarray(1);
  const together = coordination(fast, ends.length, rng, options);
  if (!together.determined) return together;
  const { share, interval, pValue } = together.maximum;
  return {
    ...together,
    maximum: { share, step: ends[interval], pValue },
    periods: together.periods.map(({ first, last, peakShare }) => ({
      from: steps[first],
      to: ends[last],
      peakShare,
    })),
  };
}

/** Indices of the intervals between measurements that the stretches fill, ascending; interval i ends at measurement i + 1. */
function intervalsWithin(stretches: readonly Stretch[], steps: Float64Array): Uint32Array {
  const spans = stretches.map(stepsOf);
  const within: number[] = [];
  for (let i = 0; i + 1 < steps.length; i++)
    if (spans.some((span) => steps[i] >= span[0] && steps[i + 1] <= span[1])) within.push(i);
  return Uint32Array.from(within);
}
