/** One rise (or fall, for a negative size) of a curve. */
export interface Movement {
  readonly form: 'ramp' | 'logistic';
  /** Last index before it; of a logistic curve, where it is at 5 %. */
  readonly start: number;
  /** Measurements until it is complete; of a logistic curve, until 95 %. */
  readonly width: number;
  readonly size: number;
}

/** A curve with known movements. */
export interface Shape {
  readonly name: string;
  readonly description: string;
  /**
   * @param n number of measurements.
   * @param width measurements that the main movement takes, at most n/5.
   * @param size of the main movement.
   */
  movements(n: number, width: number, size: number, place: Place): readonly Movement[];
}

/** Where the main movement lies: in the middle, or five values from an end. */
export type Place = 'middle' | 'start' | 'end';

/**
 * The shapes in which power and timing are measured.
 *
 * @example
 * drawShape(shapeNamed('ramp').movements(400, 20, 8, 'middle'), 400);
 */
export const shapes: readonly Shape[] = [
  {
    name: 'step',
    description: 'from one measurement to the next',
    movements: (n, _, size, place) => [movement('ramp', startAt(n, 1, place), 1, size)],
  },
  {
    name: 'ramp',
    description: 'a straight line between two levels',
    movements: (n, width, size, place) => [movement('ramp', startAt(n, width, place), width, size)],
  },
  {
    name: 'logistic',
    description: 'a logistic curve, 5 to 95 % in the width',
    movements: (n, width, size, place) => [movement('logistic', startAt(n, width, place), width, size)],
  },
  {
    name: 'kink',
    description: 'a level, then a straight line to the end that moves by the size in half of the series',
    movements: (n, _, size) => [movement('ramp', n >> 1, n - 1 - (n >> 1), size)],
  },
  {
    name: 'collapse-and-recovery',
    description: 'falls from the second measurement on, recovers by half over a quarter of the series',
    movements: (n, width, size) => [
      movement('ramp', 1, width, -size),
      movement('logistic', n >> 2, n >> 2, size / 2),
    ],
  },
  {
    name: 'overshoot',
    description: 'rises by one and a half times the size, falls back by half of it over twice the width',
    movements: (n, width, size) => [
      movement('ramp', n >> 2, width, 1.5 * size),
      movement('ramp', (n >> 2) + width, 2 * width, -size / 2),
    ],
  },
  {
    name: 'plateau-then-rise',
    description: 'a fall at the start, a long plateau, a logistic rise at seven tenths: as in grokking',
    movements: (n, width, size) => [
      movement('ramp', 1, Math.min(10, width), -size),
      movement('logistic', Math.floor(0.7 * n), width, size),
    ],
  },
];

/** @throws RangeError if there is none of that name. */
export function shapeNamed(name: string): Shape {
  const found = shapes.find((shape) => shape.name === name);
  if (found === undefined) {
    throw new RangeError(`shape is ${name}; allowed: ${shapes.map((shape) => shape.name).join(', ')}`);
  }
  return found;
}

/** The curve that movements add up to. */
export function drawShape(movements: readonly Movement[], n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, t) =>
    movements.reduce(
      (sum, { form, start, width, size }) => sum + size * progress(form, (t - start) / width),
      0,
    ),
  );
}

function progress(form: Movement['form'], share: number): number {
  if (form === 'ramp') return Math.min(1, Math.max(0, share));
  return 1 / (1 + Math.exp(-2 * Math.log(19) * (share - 0.5)));
}

function movement(form: Movement['form'], start: number, width: number, size: number): Movement {
  return { form, start, width, size };
}

function startAt(n: number, width: number, place: Place): number {
  return place === 'start' ? 4 : place === 'end' ? n - 5 - width : (n - width) >> 1;
}
