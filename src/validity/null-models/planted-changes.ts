import type { Random } from '../../numerics/random.ts';
import type { PlantedChange, PlantedSeries } from './types.ts';

/**
 * Adds changes to a series that has none, and returns both: the truth comes with the signal.
 *
 * A level change adds `size` from `index` on, reached over `width` measurements: a step where that is 1; otherwise in a
 * straight line, or along a logistic curve that is at 5 % before the first of them and at 95 % with the last. A slope
 * change adds `size` per measurement after `index`.
 *
 * @throws RangeError where a change does not lie within the series.
 * @example
 * plantChanges(noise, [{ index: 200, kind: 'level', size: 4, width: 1 }]);
 */
export function plantChanges(noise: Float64Array, changes: readonly PlantedChange[]): PlantedSeries {
  for (const { index, width } of changes) {
    if (!(Number.isInteger(index) && index >= 1 && index < noise.length)) {
      throw new RangeError(`index is ${index}; allowed: an integer from 1 to ${noise.length - 1}`);
    }
    if (!(Number.isInteger(width) && width >= 1)) {
      throw new RangeError(`width is ${width}; allowed: an integer of at least 1`);
    }
  }
  const values = noise.map((value, t) => changes.reduce((sum, change) => sum + effectAt(t, change), value));
  return { values, changes };
}

/** What a change has added to measurement t. */
function effectAt(t: number, { index, kind, size, width, shape = 'linear' }: PlantedChange): number {
  if (kind === 'slope') return t < index ? 0 : size * (t - index);
  if (shape === 'logistic') return size * logistic(t - (index - 1), width);
  return t < index ? 0 : size * Math.min(1, (t - index + 1) / width);
}

/** From 5 % at 0 to 95 % at `width`. */
function logistic(at: number, width: number): number {
  return 1 / (1 + Math.exp(-2 * Math.log(19) * (at / width - 0.5)));
}

/**
 * `count` steps of ± `size` at random places, each level held for at least `hold` measurements.
 *
 * @throws RangeError where n is too short for that.
 */
export function randomSteps(
  n: number,
  count: number,
  size: number,
  hold: number,
  rng: Random,
): PlantedChange[] {
  const spare = n - hold * (count + 1);
  if (spare < 0)
    throw new RangeError(`n is ${n}; allowed: at least ${hold * (count + 1)} for ${count} held steps`);
  // Sorted uniform places in the spare room, spread by `hold`, are uniform over all admissible arrangements.
  const places = Array.from({ length: count }, () => rng.integer(spare + 1)).sort((a, b) => a - b);
  return places.map((place, i) => ({
    index: place + hold * (i + 1),
    kind: 'level',
    size: rng.uniform() < 0.5 ? -size : size,
    width: 1,
  }));
}
