import { placesInColumns } from './column-places.ts';

/**
 * The step from which on an axis of training steps is logarithmic: the first step after 0 that was measured. Below, it is
 * linear, so that step 0 has a place.
 */
export function firstStepAbove0(series: readonly { readonly steps: ArrayLike<number> }[]): number {
  const firsts = series.flatMap(({ steps }) => {
    for (let i = 0; i < Math.min(2, steps.length); i++) if (steps[i] > 0) return [steps[i]];
    return [];
  });
  return firsts.length === 0 ? 1 : Math.min(...firsts);
}

/** Where a step stands on that axis, from 0 for step 0; the same as `symlog` of Vega, of which `first` is the constant. */
export function alongLogSteps(step: number, first: number): number {
  return Math.sign(step) * Math.log1p(Math.abs(step) / first);
}

/** The step that stands at a place of that axis. */
export function stepAlong(place: number, first: number): number {
  return Math.sign(place) * first * Math.expm1(Math.abs(place));
}

/** That axis as a scale of Vega-Lite. */
export function logStepScale(first: number, [from, to]: readonly [number, number]): object {
  return { type: 'symlog', constant: first, domain: [from, to], nice: false };
}

const THREE_PER_DECADE = [1, 2, 5];

/** 0, the first measured step, and the round steps beyond up to the last. */
export function logTicks(first: number, last: number): number[] {
  // Neighbors closer than twice the first would write over it.
  return [0, first, ...roundNumbers([2 * first, last], THREE_PER_DECADE)];
}

/**
 * 1, 2 and 5 times the powers of ten between the ends; of many decades the powers alone, of less than one more. None where the ends
 * are not positive numbers, of which no logarithm is known.
 */
export function roundNumbers(
  [low, high]: readonly [number, number],
  factors = high / low > 1e4 ? [1] : high / low > 6 ? THREE_PER_DECADE : [1, 1.5, 2, 3, 4, 5, 7],
): number[] {
  if (!(low > 0 && high < Infinity)) return [];
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= low && value <= high) found.push(value);
    }
  }
  return found;
}

/**
 * Places of a series that a logarithmic axis can tell apart: of every bin of the axis those of the first, the lowest and the
 * highest value, and the last place of all.
 *
 * @param first where the axis becomes logarithmic
 * @param bins a third of the places kept at most
 */
export function placesOnLogSteps(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  first: number,
  bins: number,
): number[] {
  return logStepPlaces(steps, first, bins)(values);
}

/** The same for several series of the same steps, whose places on the axis are found once. */
export function logStepPlaces(
  steps: ArrayLike<number>,
  first: number,
  bins: number,
): (values: ArrayLike<number>) => number[] {
  const n = steps.length;
  const along = new Float64Array(n);
  for (let i = 0; i < n; i++) along[i] = alongLogSteps(steps[i], first);
  return (values) => placesInColumns(along, values, 0, n, [along[0], along[n - 1]], bins);
}
