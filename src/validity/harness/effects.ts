import type { Random } from '../../numerics/random.ts';
import { randomSteps } from '../null-models/planted-changes.ts';
import type { PlantedChange } from '../null-models/types.ts';

/** A kind of change that is planted to see whether it is found. */
export interface Effect {
  readonly name: string;
  readonly description: string;
  /** How far a found change may lie from the true one and still count. */
  margin(n: number): number;
  /** Places the change: at random, with a random sign, `size` times the noise `sd` at its place. */
  plant(n: number, size: number, sd: (t: number) => number, rng: Random): PlantedChange[];
}

/** Half of what a short series leaves room for. */
const span = (n: number): number => Math.min(50, Math.floor(n / 4));
const rampWidth = (n: number): number => Math.min(10, Math.floor(n / 5));
const signed = (size: number, rng: Random): number => (rng.uniform() < 0.5 ? -size : size);
const place = (n: number, rng: Random): number => span(n) + rng.integer(n - 2 * span(n));
const near = (n: number): number => Math.min(10, Math.floor(n / 10));

export const effects: readonly Effect[] = [
  {
    name: 'step',
    description: 'one step of the level',
    margin: near,
    plant: (n, size, sd, rng) => {
      const index = place(n, rng);
      return [{ index, kind: 'level', size: signed(size * sd(index), rng), width: 1 }];
    },
  },
  {
    name: 'ramp',
    description: 'one change of the level over ten measurements',
    margin: near,
    plant: (n, size, sd, rng) => {
      const index = place(n, rng);
      return [{ index, kind: 'level', size: signed(size * sd(index), rng), width: rampWidth(n) }];
    },
  },
  {
    name: 'kink',
    description: 'one change of the slope, which moves the level by the size in 50 measurements',
    margin: (n) => 3 * near(n),
    plant: (n, size, sd, rng) => {
      const index = place(n, rng);
      return [{ index, kind: 'slope', size: signed((size * sd(index)) / span(n), rng), width: 1 }];
    },
  },
  {
    name: 'three-steps',
    description: 'three steps of the level, each held for 60 measurements or a fifth of the series',
    margin: near,
    plant: (n, size, sd, rng) =>
      randomSteps(n, 3, size, Math.min(60, Math.floor(n / 5)), rng).map((step) => ({
        ...step,
        size: step.size * sd(step.index),
      })),
  },
];

/** @throws RangeError if there is none of that name. */
export function effectNamed(name: string): Effect {
  const found = effects.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`there is no effect ${name}`);
  return found;
}
