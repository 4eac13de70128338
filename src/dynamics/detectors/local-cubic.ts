import { InputError } from '../../errors/input-error.ts';
import type { Change, Detection, Detector, DetectorOptions, Series } from '../types.ts';
import { typicalGap } from '../spacing.ts';
import { inOwnUnit } from './own-unit.ts';
import { MARGIN } from './local-cubic/looks.ts';
import { type Analysis, analyse } from './local-cubic/analysis.ts';
import { kinkTail, nominalPValue, stepTail, thresholdAt } from './local-cubic/calibration.ts';
import { kink as kinkKind } from './local-cubic/change-kinds.ts';
import type { Accepted } from './local-cubic/find-transitions.ts';
import type { AcceptedKink } from './local-cubic/kinks.ts';
import { kinkInterval, transitionInterval } from './local-cubic/location-interval.ts';
import { spreadOver } from './local-cubic/noise-model.ts';
import { test } from './local-cubic/scan.ts';
import { withoutTransitions } from './local-cubic/transitions.ts';

export const localCubic: Detector = inOwnUnit((series: Series, options: DetectorOptions = {}): Detection => {
  const { alpha = 0.05 } = options;
  if (!(alpha >= 0.0001 && alpha <= 0.2)) {
    throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number from 0.0001 to 0.2' });
  }
  const n = series.values.length;
  const analysis = analyse(series, {
    step: thresholdAt(alpha, stepTail(n)),
    kink: thresholdAt(alpha, kinkTail(n)),
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
  const quiet = analysis.quiet()[start];
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

function describeKink({ start: at, value, size, probe }: AcceptedKink, { prepared, noise, transitions }: Analysis, series: Series): Change {
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
    pValue: nominalPValue(value, kinkTail(values.length)),
  };
}
