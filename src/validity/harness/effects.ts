import type { Random } from '../../numerics/random.ts';
import { randomSteps } from '../null-models/planted-changes.ts';
import type { PlantedChange } from '../null-models/types.ts';

/** A kind of change that is planted to see whether it is found. */
export interface Effect {
  readonly name: string;
  readonly description: string;
  /** Fewest values of a series that has room for it. */
  readonly shortest: number;
  /** Whether its power is compared over noises and sizes in full, or in the plainest noises over sizes far apart. */
  readonly basic: boolean;
  /** How far a found change may lie from the true one and still count. */
  margin(n: number): number;
  /** Places the change with a random sign, `size` times the noise `sd` at its place. */
  plant(n: number, size: number, sd: (t: number) => number, rng: Random): PlantedChange[];
}

/** Where in a series a transition lies: away from the ends, or 5 to 14 values from one of them. */
type Place = 'middle' | 'start' | 'end';

const NEAREST_TO_END = 5;
const PLACES_NEAR_END = 10;
/** A transition may take up to this share of its series. */
const LONGEST_SHARE = 1 / 5;
const SHORTEST_SERIES = 40;

/** Half of what a short series leaves room for. */
const span = (n: number): number => Math.min(50, Math.floor(n / 4));
const signed = (size: number, rng: Random): number => (rng.uniform() < 0.5 ? -size : size);
const near = (n: number): number => Math.min(10, Math.floor(n / 10));

/** Index of the first value of a transition of `width` values. */
function indexAt(place: Place, n: number, width: number, rng: Random): number {
  if (place === 'start') return NEAREST_TO_END + rng.integer(PLACES_NEAR_END);
  if (place === 'end') return n - NEAREST_TO_END - rng.integer(PLACES_NEAR_END) - (width - 1);
  return span(n) + rng.integer(n - 2 * span(n) - (width - 1));
}

function transition(
  shape: 'linear' | 'logistic',
  width: number,
  place: Place = 'middle',
  basic = false,
): Effect {
  const kind = width === 1 ? 'step' : `${shape === 'linear' ? 'ramp' : 'logistic'}-${width}`;
  const course =
    width === 1
      ? 'one step of the level'
      : `one ${shape === 'linear' ? 'straight' : 'logistic'} change of the level over ${width} values`;
  return {
    name: place === 'middle' ? kind : `${kind}-near-${place}`,
    description: place === 'middle' ? course : `${course}, 5 to 14 values from the ${place}`,
    shortest: Math.max(SHORTEST_SERIES, width / LONGEST_SHARE),
    basic,
    margin: near,
    plant: (n, size, sd, rng) => {
      const index = indexAt(place, n, width, rng);
      return [{ index, kind: 'level', size: signed(size * sd(index), rng), width, shape }];
    },
  };
}

/** Whole transitions, from a jump to a rise over an eighth of a published run. */
const durations = [3, 5, 20, 50] as const;
const places = ['start', 'end'] as const;

export const effects: readonly Effect[] = [
  transition('linear', 1, 'middle', true),
  transition('linear', 10, 'middle', true),
  {
    name: 'kink',
    description: 'one change of the slope, which moves the level by the size in 50 measurements',
    shortest: SHORTEST_SERIES,
    basic: true,
    margin: (n) => 3 * near(n),
    plant: (n, size, sd, rng) => {
      const index = indexAt('middle', n, 1, rng);
      return [{ index, kind: 'slope', size: signed((size * sd(index)) / span(n), rng), width: 1 }];
    },
  },
  {
    name: 'three-steps',
    description: 'three steps of the level, each held for 60 measurements or a fifth of the series',
    shortest: SHORTEST_SERIES,
    basic: true,
    margin: near,
    plant: (n, size, sd, rng) =>
      randomSteps(n, 3, size, Math.min(60, Math.floor(n / 5)), rng).map((step) => ({
        ...step,
        size: step.size * sd(step.index),
      })),
  },
  ...durations.map((width) => transition('linear', width)),
  transition('logistic', 10),
  ...durations.map((width) => transition('logistic', width)),
  ...places.flatMap((place) => [
    transition('linear', 1, place),
    transition('linear', 10, place),
    transition('logistic', 10, place),
  ]),
];

/** @throws RangeError if there is none of that name. */
export function effectNamed(name: string): Effect {
  const found = effects.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`there is no effect ${name}`);
  return found;
}
