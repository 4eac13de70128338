import { extreme, levelAt } from './division/side-levels.ts';
import type { TiledCurve } from './division/tile-curve.ts';
import type { Strength } from './division/tile-strength.ts';
import type { Edge, Tile } from './division/tiles.ts';
import type { SideLevel } from './division/transition-ends.ts';
import type { Turn } from './division/transitions.ts';
import { type JitteryCurve, jitterAt, meanFactor } from './noise/jitter.ts';
import { rangeMean } from './noise/range-sums.ts';
import { withPaces } from './pace.ts';
import type { Smoothed } from './smoothed.ts';
import type { Estimate, Stretch, StretchEdge, TurningPoint } from './types.ts';

/** A tiled curve in the units of its series. */
export function outlineOf(
  { tiles, strengths, turns }: TiledCurve,
  curve: JitteryCurve,
  scale: Scale,
  { means }: Smoothed,
): { readonly stretches: readonly Stretch[]; readonly turningPoints: readonly TurningPoint[] } {
  const stretches = tiles.map((_, k) => stretchOfTile(tiles, k, strengths[k], { curve, means, scale }));
  return {
    stretches: withPaces(stretches, tiles),
    turningPoints: turns.map((turn) => turningPoint(turn, curve, scale)),
  };
}

function turningPoint({ kind, place, interval }: Turn, curve: JitteryCurve, scale: Scale): TurningPoint {
  return { kind, ...edgeOf({ place, interval }, scale), value: levelAt(curve, place).value * scale.unit };
}

/** From places and values of the noise curve to those of the series as given. */
export interface Scale {
  /** Training step of each place. */
  readonly steps: Float64Array;
  /** Index of each place in the series as given. */
  readonly indices: ArrayLike<number>;
  /** What the values were divided by. */
  readonly unit: number;
}

/** Normal quantile of a 95 % interval. */
const NORMAL_95 = 1.96;
/** Most values at each end of a level or wander that say where it leads from and to. */
const END_VALUES = 5;

export function edgeOf({ place, interval }: Edge, { steps, indices }: Scale): StretchEdge {
  return {
    index: indices[place],
    step: steps[place],
    interval: [steps[interval.first], steps[interval.last]],
  };
}

/** A tile in the units of the series, all but its pace, which depends on the stretches beside it. */
function stretchOfTile(
  tiles: readonly Tile[],
  k: number,
  strength: Strength,
  { curve: noise, means, scale }: { curve: JitteryCurve; means: Float64Array; scale: Scale },
): Omit<Stretch, 'pace'> {
  const { kind, from, to, transition } = tiles[k];
  const { steps, unit } = scale;
  const [before, after] = endLevels(tiles, k, noise);
  const inside = [...means.subarray(from.place, to.place + 1)];
  // What wanders may turn sharply, and its net change lies in what it is between.
  if (kind === 'wander') inside.push(before.value, after.value, ...extremesOf(noise, from.place, to.place));
  const difference = after.value - before.value;
  const error = Math.hypot(before.error, after.error);
  const amplitude = plusMinus(difference * unit, NORMAL_95 * error * unit);
  const jitter = jitterAt(noise, transition?.middle ?? (from.place + to.place) >> 1);
  const duration = steps[to.place] - steps[from.place];
  const toldFrom = transition !== null ? 'walk' : kind === 'wander' ? 'jitter' : null;
  return {
    kind,
    from: edgeOf(from, scale),
    to: edgeOf(to, scale),
    half: transition === null ? null : edgeOf(halfWay(tiles[k], transition), scale),
    fromValue: before.value * unit,
    toValue: after.value * unit,
    within: [inside.reduce((a, b) => Math.min(a, b)) * unit, inside.reduce((a, b) => Math.max(a, b)) * unit],
    amplitude,
    relativeAmplitude: before.value === 0 ? null : difference / Math.abs(before.value),
    amplitudeInNoise: jitter > 0 ? difference / jitter : null,
    duration,
    rate:
      transition === null
        ? overDuration(amplitude, [duration, duration])
        : transitionRate(amplitude, tiles[k], steps),
    toldFrom,
    pValue: toldFrom === 'walk' ? strength.directed : toldFrom === 'jitter' ? strength.moved : null,
  };
}

function extremesOf(noise: JitteryCurve, first: number, last: number): number[] {
  return ([-1, 1] as const).map((sign) => levelAt(noise, extreme(noise, first, last, sign)).value);
}

/** A jump takes no longer from 10 to 90 %. */
const LONGEST_JUMP = 5;

function halfWay({ from, to }: Tile, { middle, jump }: NonNullable<Tile['transition']>): Edge {
  const reach = jump ? LONGEST_JUMP : Number.POSITIVE_INFINITY;
  return {
    place: middle,
    interval: {
      first: Math.max(Math.min(from.interval.first, middle), middle - reach),
      last: Math.min(Math.max(to.interval.last, middle), middle + reach),
    },
  };
}

/** Where a tile leads from and to. A level beside a rise or fall is what that leads to: its first values belong to the tail. */
function endLevels(tiles: readonly Tile[], k: number, noise: JitteryCurve): [SideLevel, SideLevel] {
  const { kind, from, to, transition } = tiles[k];
  if (transition !== null) return [transition.before, transition.after];
  const count = Math.min(END_VALUES, Math.max(1, (to.place - from.place) >> 2));
  const meanAt = (first: number): SideLevel => ({
    value: rangeMean(noise.sums, first, first + count),
    error: jitterAt(noise, first) * meanFactor(noise, first, count),
  });
  const known = kind === 'level' ? [tiles[k - 1]?.transition?.after, tiles[k + 1]?.transition?.before] : [];
  return [known[0] ?? meanAt(from.place), known[1] ?? meanAt(to.place + 1 - count)];
}

function plusMinus(value: number, margin: number): Estimate {
  return { value, interval: [value - margin, value + margin] };
}

/** The amplitude over the duration, each anywhere in its interval; a transition takes at least one measurement. */
function transitionRate(amplitude: Estimate, { from, to }: Tile, steps: Float64Array): Estimate {
  const oneMeasurement = steps[from.place + 1] - steps[from.place];
  const least = Math.max(oneMeasurement, steps[to.interval.first] - steps[from.interval.last]);
  const most = steps[to.interval.last] - steps[from.interval.first];
  return overDuration(amplitude, [least, most], steps[to.place] - steps[from.place]);
}

function overDuration(
  { value, interval: [low, high] }: Estimate,
  [least, most]: readonly [number, number],
  duration = least,
): Estimate {
  return {
    value: value / duration,
    interval: [low / (low > 0 ? most : least), high / (high > 0 ? least : most)],
  };
}
