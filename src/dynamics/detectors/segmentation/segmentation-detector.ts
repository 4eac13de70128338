import { InputError } from '../../../errors/input-error.ts';
import { meanCost } from '../../costs/mean-cost.ts';
import { meanVarianceCost } from '../../costs/mean-variance-cost.ts';
import { trendCost } from '../../costs/trend-cost.ts';
import type { Cost } from '../../costs/types.ts';
import type { Detection, Detector, DetectorOptions } from '../../types.ts';
import { obstacle } from '../testability.ts';
import { changesAt } from './changes-at.ts';
import { type NoiseScale, noiseScale } from './noise-scale.ts';
import type { SegmentModel } from './segment-model.ts';
import { unevenSpacing } from './uneven-spacing.ts';

export interface SegmentationOptions extends DetectorOptions {
  /** Default 'mean'. */
  readonly model?: SegmentModel;
  /**
   * What a change must save: squared deviations in units of the noise's variance, or twice log-likelihood. At least 0.
   * Default: chosen by the program from the length of the series and the dependence of its noise.
   */
  readonly penalty?: number;
  /** Fewest measurements in a segment. Default 5 for each parameter of the model. */
  readonly minSize?: number;
}

export interface SearchSettings {
  readonly penalty: number;
  readonly minSize: number;
}

/**
 * Cuts a series; returns the first indices of all segments but the first, ascending, or null where it had to give up
 * for want of time.
 */
export type Search<Options> = (
  cost: Cost,
  settings: SearchSettings,
  options: Options,
) => readonly number[] | null;

export interface SearchLimits {
  /** Most measurements under a model for which the search's time grows with their square. */
  readonly most?: Partial<Readonly<Record<SegmentModel, number>>>;
  /** Penalty in units of the usual one, for searches that look at more cuts. Default 1. */
  readonly strictness?: number;
}

const FEWEST_POINTS = 20;
/** Above it a step cannot be told from a wandering level. */
const LARGEST_PHI = 0.85;
/** The variance cannot fall below this share of the noise's: prefix sums would not resolve it. */
const SMALLEST_VARIANCE = 1e-8;
const MODELS: readonly SegmentModel[] = ['mean', 'mean-variance', 'trend'];

/**
 * Makes a detector of a search for the cheapest cuts.
 *
 * The penalty is Schwarz's, log n for every parameter a change adds, its place among them (2·log n for a level), times
 * the noise's long-run variance over its variance, (1 + φ)/(1 − φ) with φ its lag-1 coefficient. The noise is estimated
 * from differences, which changes hardly touch. No error rate follows from it: `alpha` is ignored, `pValue` is null.
 */
export function segmentationDetector<Options extends SegmentationOptions>(
  search: Search<Options>,
  { most = {}, strictness = 1 }: SearchLimits = {},
): Detector<Options> {
  return (series, options = {} as Options): Detection => {
    const { model = 'mean', penalty } = options;
    if (!MODELS.includes(model))
      throw new InputError({ field: 'model', value: model, allowed: MODELS.join(', ') });
    if (penalty !== undefined && !(penalty >= 0 && Number.isFinite(penalty)))
      throw new InputError({ field: 'penalty', value: penalty, allowed: 'a number of at least 0' });
    const { parameters } = shapeOf(model);
    const { minSize = 5 * parameters } = options;
    if (!(Number.isInteger(minSize) && minSize >= shapeOf(model).minSize))
      throw new InputError({
        field: 'minSize',
        value: minSize,
        allowed: `a whole number of at least ${shapeOf(model).minSize}`,
      });
    const n = series.values.length;
    const reason =
      obstacle(series, Math.max(FEWEST_POINTS, 2 * minSize)) ??
      (model === 'trend' ? unevenSpacing(series.steps) : null);
    if (reason !== null) return { testable: false, reason };
    const limit = most[model] ?? Number.POSITIVE_INFINITY;
    if (n > limit) {
      return {
        testable: false,
        reason: `${n} measurements; at most ${limit}, for time grows with their square under the model ${model}`,
      };
    }
    const noise = noiseScale(series.values);
    if (!(Number.isFinite(noise.sd) && noise.sd > 0))
      return { testable: false, reason: 'the values range beyond what float64 arithmetic can carry' };
    if (penalty === undefined && noise.phi > LARGEST_PHI)
      return { testable: false, reason: 'a step cannot be told from a wandering level' };
    const cost = costOf(model, standardized(series.values, noise.sd), noise);
    const usual = strictness * noise.inflation * (parameters + 1) * Math.log(n);
    const boundaries = search(cost, { penalty: penalty ?? usual, minSize }, options);
    if (boundaries === null)
      return { testable: false, reason: `an exact search of these ${n} measurements takes too long` };
    return { testable: true, changes: changesAt(series, boundaries, model, noise) };
  };
}

/** Centered, so that sums of squares keep their digits, and in units of the noise. */
function standardized(values: Float64Array, sd: number): Float64Array {
  const center = values[values.length >> 1];
  return values.map((value) => (value - center) / sd);
}

function costOf(model: SegmentModel, values: Float64Array, { sd, floor }: NoiseScale): Cost {
  if (model === 'mean') return meanCost(values);
  if (model === 'trend') return trendCost(values);
  return meanVarianceCost(values, Math.max(SMALLEST_VARIANCE, (floor / sd) ** 2));
}

function shapeOf(model: SegmentModel): Pick<Cost, 'parameters' | 'minSize'> {
  return model === 'mean' ? { parameters: 1, minSize: 1 } : { parameters: 2, minSize: 2 };
}
