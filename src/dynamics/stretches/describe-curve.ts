import type { Series } from '../../detectors/types.ts';
import { roundingResolution } from '../rounding-resolution.ts';
import { checkedAlpha } from './checked-alpha.ts';
import { constantOutline } from './constant-outline.ts';
import { curvePoints } from './curve-points.ts';
import { tileCurve } from './division/tile-curve.ts';
import { typicalJitter } from './noise/jitter.ts';
import { noiseOfSeries } from './noise/known-noise.ts';
import { noiseCurve } from './noise/noise-curve.ts';
import { edgeOf, outlineOf, type Scale } from './outline.ts';
import { spreadOverLooks } from './repeated-looks.ts';
import { smoothed } from './smoothed.ts';
import { type Stabilized, type StabilizedOptions, stabilized } from './stabilized.ts';
import type { CurveDescription, CurveStabilization } from './types.ts';
import { windowsOf, windowsOfAllWidths } from './windows/scale-windows.ts';
import { directedTail, movedTail, type NullTail, repeated } from './windows/thresholds.ts';

export interface DescribeCurveOptions extends StabilizedOptions {
  /** Chance of any false rise or fall in a series without a direction, and of any false movement in one without. Default 0.05. */
  readonly alpha?: number;
  /** Whether the same question is asked again and again while the series grows: alpha then holds for all answers together. Default false. */
  readonly growing?: boolean;
}

/**
 * Says what a curve does: divides it into stretches that rise, fall, wander or stay level, each with its edges, values,
 * amplitude, rate and intervals, and what it was told from; with turning points, and from where on it is stable.
 *
 * Two null worlds are kept apart. **Jitter**: a constant, and noise that is forgotten within some measurements; what goes
 * beyond it *moved*. **A walk**: independent increments without a direction, whose size changes slowly; what goes beyond
 * it *rises* or *falls*. A curve that moved without showing a direction *wanders*.
 *
 * Everything is done in measurements; steps only label them, so that uneven spacing and missing values do no harm.
 * Values that are not finite are left out. Not described, with the reason: fewer than 12 measurements with a value, more
 * than 2,000,000, and steps that do not increase.
 *
 * Error rates are simulated through the whole division: see docs/stretches.md. They speak of this run: that another
 * training would do the same is the question of `describeSeeds`.
 *
 * @throws InputError where `alpha` is not between 0.0001 and 0.2.
 * @example
 * const values = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 3 : 8) + Math.sin(i * i) / 10);
 * const curve = describeCurve({ steps: Float64Array.from(values.keys()), values });
 * if (curve.described) curve.stretches.map(({ kind }) => kind); // ['level', 'rise', 'level']
 */
export function describeCurve(series: Series, options: DescribeCurveOptions = {}): CurveDescription {
  const { growing = false } = options;
  const alpha = checkedAlpha(options.alpha ?? 0.05);
  const points = curvePoints(series);
  if ('reason' in points) return { described: false, ...points };
  const { values, unit, steps, indices, dropped } = points;
  const n = values.length;
  const scale: Scale = { steps, indices, unit };
  const described = { described: true, alpha, measurements: n, dropped } as const;
  if (values.every((value) => value === values[0]))
    return { ...described, ...constantOutline(values[0], scale) };
  const noise = dropped === 0 ? noiseOfSeries(series.values, values, unit) : noiseCurve(values);
  const scales = windowsOfAllWidths(n, (width) => windowsOf(noise, width));
  const looks = growing ? spreadOverLooks(n) : 1;
  const tailOf = (tail: NullTail): NullTail => repeated(tail, looks);
  const { jitter } = noise;
  const tiled = tileCurve(
    jitter,
    scales,
    { moved: tailOf(movedTail(n)), directed: tailOf(directedTail(n)) },
    alpha,
  );
  const smooth = smoothed(jitter, tiled.tiles);
  const { sd, memory } = typicalJitter(jitter);
  return {
    ...described,
    ...outlineOf(tiled, jitter, scale, smooth),
    stabilization: inUnits(
      stabilized(jitter, tiled.tiles, smooth, roundingResolution(values), options),
      scale,
    ),
    noise: { sd: sd * unit, memory },
  };
}

function inUnits(found: Stabilized, scale: Scale): CurveStabilization {
  const { unit } = scale;
  if ('range' in found) {
    const { value, interval } = found.range;
    return {
      status: found.status,
      range: { value: value * unit, interval: [interval[0] * unit, interval[1] * unit] },
      resolution: found.resolution * unit,
    };
  }
  const near = { endValue: found.end * unit, band: found.band * unit, furthest: found.furthest * unit };
  if (found.status === 'moving') {
    return { status: found.status, reason: whyMoving(found.still, near.band, scale), ...near };
  }
  return { status: found.status, ...edgeOf(found, scale), ...near };
}

function whyMoving(
  { kind, until }: Extract<Stabilized, { status: 'moving' }>['still'],
  band: number,
  { steps }: Scale,
): string {
  const last = until >= steps.length - 1;
  if (kind !== 'away') {
    return last
      ? `still ${kind === 'rise' ? 'rising' : 'falling'} at the end`
      : `${kind}s until step ${steps[until]}`;
  }
  const when = last ? 'at the last measurement' : `as late as step ${steps[until]}`;
  return `more than ${Number(band.toPrecision(2))} from its end ${when}`;
}
