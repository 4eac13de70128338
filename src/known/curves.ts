import type { Series } from '../detectors/types.ts';
import { describeCurve } from '../dynamics/stretches/describe-curve.ts';
import type { Stretch } from '../dynamics/stretches/types.ts';
import { InputError } from '../errors/input-error.ts';
import type { Run } from '../measurements/types.ts';
import type { Finding } from './fact.ts';

/** A quantity of a track over a run, e.g. the strength of a mode. */
export function trackCurve(run: Run, track: string, subject: string, series: string): Series {
  const found = run.tracks?.find(({ id }) => id === track);
  const values = found?.subjects.find(({ name }) => name === subject)?.series.get(series)?.values;
  if (found === undefined || values === undefined) {
    const allowed = `a study that measures ${series} of ${subject}`;
    throw new InputError({ field: `track ${track} of ${run.id}`, value: 'missing', allowed });
  }
  return { steps: found.steps, values };
}

/** A metric of a layer over a run. */
export function layerCurve(run: Run, layer: string, metric: string): Series {
  const values = run.layers.find(({ name }) => name === layer)?.series.get(metric)?.values;
  if (values === undefined) {
    const allowed = `a study that measures ${metric} of ${layer}`;
    throw new InputError({ field: `layer ${layer} of ${run.id}`, value: 'missing', allowed });
  }
  return { steps: run.steps, values };
}

/** Held-out accuracy over a run. */
export function accuracyCurve({ evaluations }: Run): Series {
  return {
    steps: Float64Array.from(evaluations, ({ step }) => step),
    values: Float64Array.from(evaluations, ({ accuracy }) => accuracy),
  };
}

/** The rises of a curve, or its falls, that are as large as a share of its whole range; smaller ones are rounding at rest. */
export function movements(curve: Series, kind: 'rise' | 'fall', share = 0.02): Stretch[] {
  const described = describeCurve(curve);
  if (!described.described) return [];
  const { low, high } = rangeOf(curve.values);
  return described.stretches.filter(
    (stretch) => stretch.kind === kind && Math.abs(stretch.amplitude.value) >= share * (high - low),
  );
}

/** Where a rise or fall is half-way, with its interval. */
export function halfWay({ half }: Stretch): Finding | null {
  return half === null ? null : { value: half.step, interval: half.interval };
}

/** The first measurement at which a condition holds, with the interval from the one before it; null for none. */
export function firstWhere({ steps, values }: Series, holds: (value: number) => boolean): Finding | null {
  const index = values.findIndex(holds);
  return index < 0
    ? null
    : { value: steps[index], interval: [index === 0 ? 0 : steps[index - 1], steps[index]] };
}

/** The value at the last measurement up to a step. */
export function valueAt({ steps, values }: Series, step: number): number {
  const index = steps.findLastIndex((measured) => measured <= step);
  return index < 0 ? Number.NaN : values[index];
}

export function lastOf({ values }: Series): number {
  return values[values.length - 1];
}

/** The largest value of a curve, or its smallest, and its step. */
export function extremeOf(
  { steps, values }: Series,
  which: 'largest' | 'smallest',
): { readonly step: number; readonly value: number } {
  const sign = which === 'largest' ? 1 : -1;
  let best = 0;
  values.forEach((value, i) => {
    if (sign * value > sign * values[best]) best = i;
  });
  return { step: steps[best], value: values[best] };
}

function rangeOf(values: Float64Array): { low: number; high: number } {
  return values.reduce(
    ({ low, high }, value) =>
      Number.isFinite(value) ? { low: Math.min(low, value), high: Math.max(high, value) } : { low, high },
    { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY },
  );
}
