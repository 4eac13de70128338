import { autocorrelations } from '../../numerics/autocorrelation.ts';
import { firstOrderAutoregression } from '../../numerics/autoregression.ts';
import { localCubicSmooth } from '../../numerics/local-cubic-smooth.ts';
import { movingBlockIndices } from '../../numerics/moving-block-bootstrap.ts';
import { phaseRandomized } from '../../numerics/phase-randomized.ts';
import type { Random } from '../../numerics/random.ts';
import { runningRms } from '../../numerics/running-rms.ts';
import { type NullModel, valuesOf } from './types.ts';

/**
 * Surrogates of a given series: what it might have looked like had nothing changed. All of them need finite values
 * and throw a RangeError otherwise.
 *
 * The trend is a local cubic of ± 60 measurements, the scale the running root mean square of what it leaves. A true
 * step survives in the trend as a steep slope, so a surrogate's trend is that of the series, never a better one.
 */

/** A stationary first-order autoregression with the mean, variance and lag-1 correlation of the series. */
export const fittedAutoregression: NullModel = (series, rng) => {
  const values = finiteValuesOf(series);
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
  const noise = firstOrderAutoregression(values.length, lagOne(values), rng);
  return noise.map((value) => mean + sd * value);
};

/** The trend of the series and first-order noise of its changing scale. */
export const trendAndNoise: NullModel = aroundTrend((standardized, rng) =>
  firstOrderAutoregression(standardized.length, lagOne(standardized), rng),
);

/** The trend of the series and its own deviations in drawn blocks of about √n, at the local scale. */
export const trendAndBlocks: NullModel = aroundTrend((standardized, rng) => {
  const blockLength = Math.max(1, Math.round(Math.sqrt(standardized.length)));
  const indices = movingBlockIndices(standardized.length, blockLength, rng);
  return standardized.map((_, t) => standardized[indices[t]]);
});

/** The trend of the series and its own deviations with random phases, at the local scale. */
export const trendAndPhases: NullModel = aroundTrend(phaseRandomized);

const HALF_WIDTH = 60;

function aroundTrend(draw: (standardized: Float64Array, rng: Random) => Float64Array): NullModel {
  return (series, rng) => {
    const values = finiteValuesOf(series);
    if (values.length === 0) return values;
    const trend = localCubicSmooth(values, HALF_WIDTH);
    const residual = values.map((value, t) => value - trend[t]);
    const scale = runningRms(residual, HALF_WIDTH);
    const noise = draw(
      residual.map((value, t) => (scale[t] > 0 ? value / scale[t] : 0)),
      rng,
    );
    return trend.map((value, t) => value + scale[t] * noise[t]);
  };
}

/** Lag-1 autocorrelation; 0 where the values do not vary or are fewer than two. */
function lagOne(values: Float64Array): number {
  return values.length < 2 ? 0 : (autocorrelations(values, 1)?.[1] ?? 0);
}

function finiteValuesOf(series: Parameters<NullModel>[0]): Float64Array {
  const values = valuesOf(series);
  const gap = values.findIndex((value) => !Number.isFinite(value));
  if (gap >= 0) throw new RangeError(`value ${gap} is ${values[gap]}; allowed: finite values`);
  return values;
}
