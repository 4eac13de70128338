import { InputError } from '../errors/input-error.ts';
import { type Analysis, analyze } from './local-cubic/analysis.ts';
import { kinkTail, nominalPValue, stepTail, thresholdAt } from './local-cubic/calibration.ts';
import { kink as kinkKind } from './local-cubic/change-kinds.ts';
import type { Accepted } from './local-cubic/find-transitions.ts';
import type { AcceptedKink } from './local-cubic/kinks.ts';
import { kinkInterval, transitionInterval } from './local-cubic/location-interval.ts';
import { MARGIN } from './local-cubic/looks.ts';
import { spreadOver } from './local-cubic/noise-model.ts';
import { test } from './local-cubic/scan.ts';
import { withoutTransitions } from './local-cubic/transitions.ts';
import { inOwnUnit } from './own-unit.ts';
import { typicalGap } from './spacing.ts';
import type { Change, Detection, Detector, DetectorOptions, Series } from './types.ts';

/**
 * Finds changes of the level, sudden or over up to some 50 measurements, and kinks that neither trend, dependence, changing
 * noise, rounding nor outliers explain.
 *
 * Each place is tested for transitions of several widths against a local cubic, so that a trend is no change; on data
 * freed of first-order dependence; in units of the local noise. Where a level wanders by itself, only what no run of its
 * increments would do is a change. A peak must then fit better than a smooth curve, a kink, a longer transition and what
 * dies out, and stay high when heavy tails, changing variance and further dependence are allowed for. The larger a
 * transition, the surer it passes: each is judged in a window several times as wide as it takes. In what is left, kinks of
 * the slope are found alike (from 200 measurements; where the level wanders, from 20).
 *
 * The thresholds are simulated with the whole detector, with a margin: the chance of any change in a series without
 * one is nominally `alpha`; `rankscope validate` counts it in every family. That is no theorem: a bump or a spike that
 * takes more than some ten measurements to die out is often taken for two changes.
 *
 * Steps may be spaced unevenly; a change must then also fit better than what is smooth over training steps. Not testable,
 * with the reason: fewer than 12 measurements or more than 100,000, values that are not finite or fewer than 4 of them
 * distinct, steps that do not increase, and curves so smooth that even their increments wander.
 *
 * `index` is in the middle of the change; `interval` holds its whole course with about 95 % confidence; `effect` is the
 * size over the standard deviation of the noise around it (of increments where the level wanders; a slope's, per
 * measurement); `pValue` is the smallest alpha at which the change is still found.
 *
 * @param options.alpha nominal chance of any false change in the series, 0.0001 to 0.2, default 0.05.
 * @throws InputError where `alpha` is out of range.
 * @example
 * const detection = localCubic({ steps, values });
 * if (detection.testable) for (const { step, effect } of detection.changes) console.log(step, effect);
 */
export const localCubic: Detector = inOwnUnit((series: Series, options: DetectorOptions = {}): Detection => {
  const { alpha = 0.05 } = options;
  if (!(alpha >= 0.0001 && alpha <= 0.2)) {
    throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number from 0.0001 to 0.2' });
  }
  const n = series.values.length;
  const analysis = analyze(series, {
    step: thresholdAt(alpha, stepTail(n)),
    kink: ({ wandering }) => thresholdAt(alpha, kinkTail(n, wandering)),
  });
  if ('reason' in analysis) return { testable: false, reason: analysis.reason };
  const { transitions, kinks } = analysis;
  const changes = [
    ...transitions.map((transition) => describeTransition(transition, analysis, series)),
    ...kinks.map((kink) => describeKink(kink, analysis, series)),
  ];
  const { steps } = series;
  return {
    testable: true,
    changes: changes.sort((a, b) => a.index - b.index),
    tested: [steps[MARGIN], steps[n - MARGIN]],
  };
});

function describeTransition(found: Accepted, analysis: Analysis, series: Series): Change {
  const { prepared, noise, transitions } = analysis;
  const { start, width, value, probe, size } = found;
  const others = withoutTransitions(
    prepared.values,
    transitions.filter((other) => other !== found),
  );
  const quiet = analysis.quiet(start);
  const [first, last] = transitionInterval(others, found, probe, quiet);
  const index = start + (width >> 1);
  return {
    index,
    step: series.steps[index],
    interval: [series.steps[first - 1], series.steps[last]],
    kind: 'level',
    direction: size > 0 ? 'increase' : 'decrease',
    effect: Math.abs(size) / (quiet * spreadOver(noise)),
    magnitude: Math.abs(size) * prepared.scale,
    pValue: nominalPValue(value, stepTail(others.length)),
  };
}

function describeKink(
  { start: at, value, size, probe }: AcceptedKink,
  { prepared, noise, transitions }: Analysis,
  series: Series,
): Change {
  const values = withoutTransitions(prepared.values, transitions);
  const { window } = probe;
  const origin = window.start(at, values.length);
  const fit = window.fit(values, origin);
  const tested = test(kinkKind, at - origin, fit, probe);
  const [first, last] = kinkInterval(values, at, probe, tested.noise);
  return {
    index: at,
    step: series.steps[at],
    interval: [series.steps[first - 1], series.steps[last]],
    kind: 'slope',
    direction: size > 0 ? 'increase' : 'decrease',
    effect: Math.abs(size) / (tested.noise * spreadOver(noise)),
    magnitude: (Math.abs(size) * prepared.scale) / typicalGap(series.steps),
    pValue: nominalPValue(value, kinkTail(values.length, noise.wandering)),
  };
}
