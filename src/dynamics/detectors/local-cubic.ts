import { InputError } from '../../errors/input-error.ts';
import type { Change, Detection, Detector, DetectorOptions, Series } from '../types.ts';
import { type Analysis, analyze } from './local-cubic/analysis.ts';
import { kinkTail, type NullTail, nominalPValue, stepTail, thresholdAt } from './local-cubic/calibration.ts';
import { KINK_TOLERANCE, locationInterval, STEP_TOLERANCE } from './local-cubic/location-interval.ts';
import { testAt } from './local-cubic/scan.ts';
import type { Accepted } from './local-cubic/steps.ts';

/**
 * Finds steps and kinks that neither trend, dependence, changing noise, rounding nor outliers explain.
 *
 * Each point is tested for a step against a local cubic, so that a trend is no step; on data freed of first-order
 * dependence; in units of the local noise. A peak must then fit better than a smooth curve or a transient, and stay
 * high when heavy tails, changing variance and further dependence are allowed for. In what the steps leave, kinks of
 * the slope are found alike (n >= 200).
 *
 * The thresholds are simulated with the whole detector, with a margin: the chance of any change in a series without
 * one is nominally `alpha`; bench/detector-rates.mjs counts it in every family of `nullFamilies`. That is no theorem:
 * a bump or a spike that takes more than some ten measurements to die out is often taken for a step.
 *
 * Not testable, with the reason: fewer than 30 measurements or more than 100,000, values that are not finite or fewer
 * than 8 of them distinct, uneven spacing, and noise whose lag-1 coefficient is above 0.85.
 *
 * `effect` is the size over the standard deviation of the noise around the change (a slope's, per measurement);
 * `interval` has about 95 % confidence; `pValue` is the smallest alpha at which the change is still found.
 *
 * @param options.alpha nominal chance of any false change in the series, 0.0001 to 0.2, default 0.05.
 * @throws InputError where `alpha` is out of range.
 * @example
 * const detection = localCubic({ steps, values });
 * if (detection.testable) for (const { step, effect } of detection.changes) console.log(step, effect);
 */
export const localCubic: Detector = (series: Series, options: DetectorOptions = {}): Detection => {
  const { alpha = 0.05 } = options;
  if (!(alpha >= 0.0001 && alpha <= 0.2)) {
    throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number from 0.0001 to 0.2' });
  }
  const n = series.values.length;
  const tails = { step: stepTail(n), kink: kinkTail(n) };
  const analysis = analyze(series, {
    step: thresholdAt(alpha, tails.step),
    kink: thresholdAt(alpha, tails.kink),
  });
  if ('reason' in analysis) return { testable: false, reason: analysis.reason };
  const { steps, kinks } = analysis;
  const changes = [
    ...steps.map((step) => describe(step, 'level', tails.step, STEP_TOLERANCE, analysis, series)),
    ...kinks.map((kink) => describe(kink, 'slope', tails.kink, KINK_TOLERANCE, analysis, series)),
  ];
  return { testable: true, changes: changes.sort((a, b) => a.index - b.index) };
};

function describe(
  found: Accepted,
  kind: 'level' | 'slope',
  tail: NullTail,
  tolerance: number,
  { prepared, phi, steps }: Analysis,
  series: Series,
): Change {
  const { t, value, probe } = found;
  const others = withoutLevels(
    prepared.values,
    steps.filter((step) => step !== found),
  );
  const { size, noise } = testAt(others, t, probe);
  const [first, last] = locationInterval(others, t, probe, noise, tolerance);
  const perUnit = kind === 'level' ? 1 : typicalGap(series.steps);
  return {
    index: t,
    step: series.steps[t],
    interval: [series.steps[first - 1], series.steps[last]],
    kind,
    direction: size > 0 ? 'increase' : 'decrease',
    // The noise is known by its innovations; its own standard deviation is larger where it is dependent.
    effect: (Math.abs(size) * Math.sqrt(1 - phi * phi)) / noise,
    magnitude: (Math.abs(size) * prepared.scale) / perUnit,
    pValue: nominalPValue(value, tail),
  };
}

/** The values with these steps taken out. */
function withoutLevels(values: Float64Array, steps: readonly Accepted[]): Float64Array {
  return values.map((value, s) => steps.reduce((rest, { t, size }) => (s >= t ? rest - size : rest), value));
}

/** Median distance between measurements. */
function typicalGap(steps: Float64Array): number {
  const gaps = Float64Array.from({ length: steps.length - 1 }, (_, i) => steps[i + 1] - steps[i]).sort();
  return gaps[gaps.length >> 1];
}
