import { firstOrderAutoregression } from '../../numerics/autoregression.ts';
import type { Random } from '../../numerics/random.ts';
import { nullFamily } from '../null-models/null-families.ts';

/** A kind of curve without a rise or a fall. */
export interface NullCurve {
  readonly name: string;
  readonly description: string;
  /**
   * `jitter`: a constant and noise of short memory, so that any movement is false. `walk`: it moves, but without a
   * direction, so that rises and falls are false. `beyond`: no promise is made; rises and falls are counted all the same.
   */
  readonly world: 'jitter' | 'walk' | 'beyond';
  draw(n: number, rng: Random): Float64Array;
}

/**
 * The curves in which false answers are counted, and by which thresholds are calibrated.
 *
 * @example
 * nullCurves[0].draw(400, createRandom(1));
 */
export const nullCurves: readonly NullCurve[] = [
  known('white-noise', 'jitter'),
  autoregression(0.3, 'jitter'),
  autoregression(0.5, 'jitter'),
  autoregression(0.8, 'jitter'),
  known('heavy-tails', 'jitter'),
  known('spikes', 'jitter'),
  {
    name: 'falling-sd',
    description: 'N(0, 1) times exp(−4t/(n−1)), at n < 40 exp(−nt/10(n−1))',
    world: 'jitter',
    draw: (n, rng) => falling(n, normals(n, rng)),
  },
  known('rounding-float32', 'jitter'),
  known('rounding-float64', 'jitter'),
  known('one-ulp-flips', 'jitter'),
  known('random-walk', 'walk'),
  {
    name: 'walk-and-jitter',
    description: 'a walk of N(0, 0.3) increments plus N(0, 1)',
    world: 'walk',
    draw: (n, rng) => sums(normals(n, rng)).map((level) => 0.3 * level + rng.normal()),
  },
  {
    name: 'walk-slowing',
    description: 'a walk whose increments shrink as `falling-sd`',
    world: 'walk',
    draw: (n, rng) => sums(falling(n, normals(n, rng))),
  },
  {
    name: 'walk-quickening',
    description: 'the same backwards in time',
    world: 'walk',
    draw: (n, rng) => sums(falling(n, normals(n, rng)).reverse()),
  },
  {
    name: 'walk-dependent',
    description: 'a walk of AR(1) increments, φ = 0.5',
    world: 'walk',
    draw: (n, rng) => sums(firstOrderAutoregression(n, 0.5, rng)),
  },
  autoregression(0.9, 'beyond'),
  {
    name: 'slow-wander',
    description: 'AR(1), φ = 0.95, plus N(0, 1)',
    world: 'beyond',
    draw: (n, rng) => firstOrderAutoregression(n, 0.95, rng).map((value) => value + rng.normal()),
  },
  {
    name: 'smooth-wander',
    description: 'AR(1), φ = 0.9, of AR(1), φ = 0.9, plus N(0, 0.1)',
    world: 'beyond',
    draw: smoothWander,
  },
  {
    name: 'walk-bursting',
    description: 'a walk that moves five times as fast for a tenth of the time, ten values at a time',
    world: 'beyond',
    draw: burstingWalk,
  },
  {
    name: 'walk-heavy-tails',
    description: 'a walk of Student t increments, 3 degrees of freedom',
    world: 'beyond',
    draw: (n, rng) => sums(nullFamily('heavy-tails').draw(new Float64Array(n), rng)),
  },
];

/** @throws RangeError if there is none of that name. */
export function nullCurveNamed(name: string): NullCurve {
  const found = nullCurves.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new RangeError(
      `null curve is ${name}; allowed: ${nullCurves.map((curve) => curve.name).join(', ')}`,
    );
  }
  return found;
}

function known(name: string, world: NullCurve['world']): NullCurve {
  const { description, draw } = nullFamily(name);
  return { name, description, world, draw: (n, rng) => draw(new Float64Array(n), rng) };
}

function autoregression(phi: number, world: NullCurve['world']): NullCurve {
  return {
    name: `autoregression-${phi}`,
    description: `AR(1), φ = ${phi}`,
    world,
    draw: (n, rng) => firstOrderAutoregression(n, phi, rng),
  };
}

function normals(n: number, rng: Random): Float64Array {
  return Float64Array.from({ length: n }, () => rng.normal());
}

function sums(increments: Float64Array): Float64Array {
  let level = 0;
  return increments.map((increment) => {
    level += increment;
    return level;
  });
}

/** Shrinks by e⁴ over the series; short ones by e every ten values, for nothing shrinks faster for long. */
function falling(n: number, values: Float64Array): Float64Array {
  const rate = Math.min(4, n / 10) / Math.max(1, n - 1);
  return values.map((value, t) => value * Math.exp(-rate * t));
}

function smoothWander(n: number, rng: Random): Float64Array {
  const warmUp = 100;
  const driven = firstOrderAutoregression(n + warmUp, 0.9, rng);
  let level = 0;
  return driven
    .map((value) => {
      level = 0.9 * level + value;
      return level;
    })
    .slice(warmUp)
    .map((value) => value / 5 + 0.1 * rng.normal());
}

function burstingWalk(n: number, rng: Random): Float64Array {
  let fast = false;
  return sums(
    normals(n, rng).map((value) => {
      fast = fast ? rng.uniform() >= 1 / 10 : rng.uniform() < 1 / 90;
      return fast ? 5 * value : value;
    }),
  );
}
