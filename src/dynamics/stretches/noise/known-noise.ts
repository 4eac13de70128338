import { Recent } from '../../recent.ts';
import { type NoiseCurve, noiseCurve } from './noise-curve.ts';
import type { RangeSums } from './range-sums.ts';

/** Numbers that a noise curve has for each place, about. */
const PER_PLACE = 24;
/** Numbers that are kept: the curves of several runs. */
const MOST_KEPT = 1e6;
/** Units that are further apart: what counts as rounding in the one would not in the other. */
const LARGEST_RATIO = 2 ** 300;

interface Known {
  readonly raw: Float64Array;
  readonly unit: number;
  readonly curve: NoiseCurve;
}

/** A curve is described by itself, in its own unit, and then with its seeds, in theirs. */
const recent = new Recent<Float64Array, Known>(MOST_KEPT);

/**
 * `noiseCurve` of a series, which is worked out once where the same series is asked for again, also in another unit: units are powers
 * of two, and noise follows its series in them to the last digit.
 *
 * @param series the values as given.
 * @param raw the same, divided by the unit.
 */
export function noiseOfSeries(series: Float64Array, raw: Float64Array, unit: number): NoiseCurve {
  const known = recent.of(series, PER_PLACE * raw.length, () => ({ raw, unit, curve: noiseCurve(raw) }));
  if (known.raw === raw) return known.curve;
  const ratio = known.unit / unit;
  // The array may hold other values by now.
  const isSame = isTimes(raw, ratio, known.raw);
  if (!isSame || ratio > LARGEST_RATIO || ratio < 1 / LARGEST_RATIO) return noiseCurve(raw);
  return ratio === 1 ? known.curve : inOtherUnit(known.curve, ratio);
}

/** Whether the one are the others, each times the ratio. */
function isTimes(values: Float64Array, ratio: number, others: Float64Array): boolean {
  if (values.length !== others.length) return false;
  for (let i = 0; i < values.length; i++) if (values[i] !== ratio * others[i]) return false;
  return true;
}

function times(values: Float64Array, factor: number): Float64Array {
  const products = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) products[i] = factor * values[i];
  return products;
}

function inOtherUnit(curve: NoiseCurve, ratio: number): NoiseCurve {
  const sums = ({ high, low }: RangeSums, factor: number): RangeSums => ({
    high: times(high, factor),
    low: times(low, factor),
  });
  const [values, sd] = [times(curve.values, ratio), times(curve.sd, ratio)];
  const { strength, memory, scales, roughness } = curve;
  const own = sums(curve.sums, ratio);
  const jitter = { values, sums: own, sd, strength, memory };
  const variance = sums(curve.variance, ratio * ratio);
  const busyVariance = sums(curve.busyVariance, ratio * ratio);
  // In the order of `noiseCurve`, so that the engine takes both for the same.
  return { values, sums: own, sd, strength, memory, jitter, variance, busyVariance, scales, roughness };
}
