import { firstOrderAutoregression } from '../../numerics/autoregression.ts';
import type { Random } from '../../numerics/random.ts';
import { type NullModel, valuesOf } from './types.ts';

/** A named null family. */
export interface NullFamily {
  readonly name: string;
  /** What it is, for tables. */
  readonly description: string;
  readonly draw: NullModel;
}

/**
 * The families in which a detector's false positives are counted. Each has one difficulty of real training curves:
 * dependence, trend, changing variance, rounding, heavy tails. None has a change.
 *
 * @example
 * for (const family of nullFamilies) family.draw(new Float64Array(399), createRandom(family.name));
 */
export const nullFamilies: readonly NullFamily[] = [
  family('white-noise', 'independent N(0, 1)', (_, rng) => rng.normal()),
  {
    name: 'autoregression-0.9',
    description: 'AR(1), φ = 0.9',
    draw: (series, rng) => firstOrderAutoregression(valuesOf(series).length, 0.9, rng),
  },
  { name: 'random-walk', description: 'sum of independent N(0, 1)', draw: randomWalk },
  family('decay', '10 + 10·exp(−t/80) + N(0, 0.3)', (t, rng) => decay(t) + 0.3 * rng.normal()),
  family('sharp-decay', '10 + 10·exp(−t/80) + N(0, 0.03)', (t, rng) => decay(t) + 0.03 * rng.normal()),
  family(
    'falling-sd',
    'N(0, exp(−4t/(n−1)))',
    (t, rng, n) => Math.exp((-4 * t) / Math.max(1, n - 1)) * rng.normal(),
  ),
  family('rounding-float64', 'a constant, as a float64 average of itself', (_, rng) =>
    roundedConstant(rng, (x) => x),
  ),
  family('rounding-float32', 'a constant, as a float32 average of itself', (_, rng) =>
    roundedConstant(rng, Math.fround),
  ),
  family('one-ulp-flips', 'a constant that is one ulp higher 2 % of the time', (_, rng) =>
    rng.uniform() < 0.02 ? CONSTANT + 2 ** -51 : CONSTANT,
  ),
  family('heavy-tails', 'independent Student t, 3 degrees of freedom', (_, rng) => studentT3(rng)),
  family(
    'spikes',
    'N(0, 1), and ±10 more at 2 % of the points',
    (_, rng) => rng.normal() + (rng.uniform() < 0.02 ? (rng.uniform() < 0.5 ? -10 : 10) : 0),
  ),
];

/** The family of that name. */
export function nullFamily(name: string): NullFamily {
  const found = nullFamilies.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new RangeError(`null family is ${name}; allowed: ${nullFamilies.map((f) => f.name).join(', ')}`);
  }
  return found;
}

/** Between 2 and 4, where neighboring float64 numbers are 2^−51 apart. */
const CONSTANT = 10 / 3;

function family(
  name: string,
  description: string,
  at: (t: number, rng: Random, n: number) => number,
): NullFamily {
  return {
    name,
    description,
    draw: (series, rng) => {
      const n = valuesOf(series).length;
      return Float64Array.from({ length: n }, (_, t) => at(t, rng, n));
    },
  };
}

function decay(t: number): number {
  return 10 + 10 * Math.exp(-t / 80);
}

function randomWalk(series: Parameters<NullModel>[0], rng: Random): Float64Array {
  let level = 0;
  return Float64Array.from({ length: valuesOf(series).length }, () => {
    level += rng.normal();
    return level;
  });
}

/**
 * A constant as a program measures it: the weighted mean of equal numbers under random weights, each operation
 * rounded. Exact arithmetic would give the constant; rounding leaves it a few units in the last place away.
 */
function roundedConstant(rng: Random, round: (x: number) => number): number {
  const constant = round(CONSTANT);
  let weighted = 0;
  let weights = 0;
  for (let i = 0; i < 16; i++) {
    const weight = round(rng.uniform());
    weighted = round(weighted + round(weight * constant));
    weights = round(weights + weight);
  }
  return round(weighted / weights);
}

/** A standard normal over the root mean square of three others. */
function studentT3(rng: Random): number {
  const numerator = rng.normal();
  const squares = rng.normal() ** 2 + rng.normal() ** 2 + rng.normal() ** 2;
  return numerator / Math.sqrt(squares / 3);
}
