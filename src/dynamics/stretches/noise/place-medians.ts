import { windowMedians } from '../../../numerics/window-medians.ts';

/** Of windows twice as wide, or more, every second value is enough, and so on. */
const ENOUGH = 500;

/**
 * Running median at each of n places of a series, x[0] belonging to place `offset`. Windows are moved inside at the
 * ends: mirrored ones would count a collapse at the start twice. Every `every`-th place is evaluated, and the last one;
 * those between are interpolated.
 */
export function placeMedians(
  x: Float64Array,
  width: number,
  n: number,
  offset: number,
  every: number,
): Float64Array {
  const within = Math.min(width, x.length);
  const stride = Math.max(1, Math.floor(within / ENOUGH));
  const kept = stride === 1 ? x : thinned(x, stride);
  const window = Math.min(kept.length, Math.floor(within / stride));
  const apart = Math.max(every, stride);
  const places = evenPlaces(n, apart);
  const starts = new Int32Array(places.length);
  for (let k = 0; k < places.length; k++) {
    const start = Math.floor((places[k] - offset - (within >> 1)) / stride);
    starts[k] = Math.max(0, Math.min(kept.length - window, start));
  }
  const medians = windowMedians(kept, window, starts);
  return apart === 1 ? medians : interpolated(places, medians, n);
}

function thinned(x: Float64Array, stride: number): Float64Array {
  const kept = new Float64Array(Math.ceil(x.length / stride));
  for (let k = 0; k < kept.length; k++) kept[k] = x[k * stride];
  return kept;
}

/** 0, `apart`, 2·`apart` …, and n − 1. */
function evenPlaces(n: number, apart: number): Int32Array {
  const places = new Int32Array(Math.ceil((n - 1) / apart) + 1);
  for (let k = 0; k < places.length; k++) places[k] = Math.min(n - 1, k * apart);
  return places;
}

function interpolated(places: Int32Array, at: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n);
  for (let k = 0; k + 1 < places.length; k++) {
    const slope = (at[k + 1] - at[k]) / (places[k + 1] - places[k]);
    for (let i = places[k]; i < places[k + 1]; i++) result[i] = at[k] + slope * (i - places[k]);
  }
  result[n - 1] = at[at.length - 1];
  return result;
}
