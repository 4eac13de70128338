import { firstOrderAutoregression } from '../../numerics/autoregression.ts';
import { standardDeviation } from '../../numerics/moments.ts';
import type { Random } from '../../numerics/random.ts';
import { nullFamilies, nullFamily } from '../null-models/null-families.ts';

/** A kind of series without a change. */
export interface Background {
  readonly name: string;
  readonly description: string;
  /** Whether a detector must hold its rate here to pass. */
  readonly gated: boolean;
  draw(n: number, rng: Random): Float64Array;
  /** Standard deviation of the noise at t, the unit of effects; absent where effects are not planted. */
  readonly sd?: (t: number, n: number) => number;
}

/** Standard deviation of the noise of families in which effects are planted. */
const noiseOf: Readonly<Record<string, (t: number, n: number) => number>> = {
  'white-noise': () => 1,
  decay: () => 0.3,
  'sharp-decay': () => 0.03,
  'falling-sd': (t, n) => Math.exp((-4 * t) / Math.max(1, n - 1)),
  'heavy-tails': () => Math.sqrt(3),
};

/** The families of `nullFamilies`, which a detector must pass. */
const gated: readonly Background[] = nullFamilies.map(({ name, description }) => ({
  name,
  description,
  gated: true,
  draw: (n, rng) => nullFamily(name).draw(new Float64Array(n), rng),
  sd: noiseOf[name],
}));

/** Harder or plainer ones, shown beside them: dependence as such, everything at once, and what is known to be hard. */
const further: readonly Background[] = [
  {
    name: 'autoregression-0.5',
    description: 'AR(1), φ = 0.5',
    gated: false,
    draw: (n, rng) => firstOrderAutoregression(n, 0.5, rng),
    sd: () => 1,
  },
  {
    name: 'autoregression-0.8',
    description: 'AR(1), φ = 0.8',
    gated: false,
    draw: (n, rng) => firstOrderAutoregression(n, 0.8, rng),
  },
  {
    name: 'everything-at-once',
    description: '10·exp(−t/80) + AR(1), φ = 0.5, times exp(−2t/(n−1))',
    gated: false,
    draw: (n, rng) =>
      firstOrderAutoregression(n, 0.5, rng).map(
        (value, t) => 10 * Math.exp(-t / 80) + Math.exp((-2 * t) / Math.max(1, n - 1)) * value,
      ),
  },
  {
    name: 'autoregression-0.4-0.3',
    description: 'AR(2), coefficients 0.4 and 0.3',
    gated: false,
    draw: (n, rng) => autoregression([0.4, 0.3], n, rng),
  },
  {
    name: 'slow-wander',
    description: 'AR(1), φ = 0.95, plus independent N(0, 1)',
    gated: false,
    draw: (n, rng) => firstOrderAutoregression(n, 0.95, rng).map((value) => value + rng.normal()),
  },
  {
    name: 'smooth-wander',
    description: 'AR(2), both roots 0.9, plus independent noise of a fifth of its sd',
    gated: false,
    draw: (n, rng) => {
      const wander = autoregression([1.8, -0.81], n, rng);
      const sd = standardDeviation(wander);
      return wander.map((value) => value + 0.2 * sd * rng.normal());
    },
  },
  {
    name: 'walk-with-dependent-increments',
    description: 'sum of AR(1), φ = 0.5',
    gated: false,
    draw: (n, rng) => cumulated(firstOrderAutoregression(n, 0.5, rng)),
  },
  {
    name: 'walk-with-heavy-increments',
    description: 'sum of independent Student t, 3 degrees of freedom',
    gated: false,
    draw: (n, rng) => cumulated(nullFamily('heavy-tails').draw(new Float64Array(n), rng)),
  },
  {
    name: 'rising-sd',
    description: 'N(0, exp(4t/(n−1)))',
    gated: false,
    draw: (n, rng) => modulated(n, (x) => Math.exp(4 * x), rng),
  },
  {
    name: 'breathing-sd',
    description: 'N(0, exp(sin 4πt/(n−1))): the sd rises and falls sevenfold, twice',
    gated: false,
    draw: (n, rng) => modulated(n, (x) => Math.exp(Math.sin(4 * Math.PI * x)), rng),
  },
  {
    name: 'burst',
    description: 'N(0, 1), of sd 5 during a tenth of the series',
    gated: false,
    draw: (n, rng) => {
      const from = 0.9 * rng.uniform();
      return modulated(n, (x) => (x >= from && x < from + 0.1 ? 5 : 1), rng);
    },
  },
];

export const backgrounds: readonly Background[] = [...gated, ...further];

/** @throws RangeError if there is none of that name. */
export function backgroundNamed(name: string): Background {
  const found = backgrounds.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`there is no background ${name}`);
  return found;
}

/** Values forgotten before the first, so that the series starts in its stationary state. */
const WARM_UP = 200;

/** y_t = a·y_{t−1} + b·y_{t−2} + N(0, 1). */
function autoregression([a, b]: readonly [number, number], n: number, rng: Random): Float64Array {
  const values = new Float64Array(n + WARM_UP);
  for (let t = 2; t < values.length; t++) {
    values[t] = a * values[t - 1] + b * values[t - 2] + rng.normal();
  }
  return values.slice(WARM_UP);
}

function cumulated(increments: Float64Array): Float64Array {
  let level = 0;
  return increments.map((increment) => {
    level += increment;
    return level;
  });
}

/** Independent noise whose standard deviation is a function of the place in the series, 0 to 1. */
function modulated(n: number, sd: (place: number) => number, rng: Random): Float64Array {
  return Float64Array.from({ length: n }, (_, t) => sd(t / Math.max(1, n - 1)) * rng.normal());
}
