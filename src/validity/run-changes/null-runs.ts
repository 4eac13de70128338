/** What a simulated run is like in which nothing changes. */
export interface NullRun {
  readonly name: string;
  readonly description: string;
  /** Correlation of neighboring increments. */
  readonly phi: number;
  /** What an increment takes over of the one two before, beyond that; below 0 they swing. Default 0. */
  readonly swing?: number;
  /** Degrees of freedom of Student's t innovations; null for normal ones. */
  readonly tails: number | null;
  /** Correlation of the innovations of all quantities. */
  readonly correlation: number;
  /** Movement falls as (1 + t / n₀)^−falling, n₀ a fortieth of the run. */
  readonly falling: number;
  /** Standard deviation of the logarithm of the movement's size, which all quantities share. */
  readonly volatility: number;
  /** Correlation of that size from one measurement to the next. Default 0.9. */
  readonly persistence?: number;
  /** Standard deviation of the loss's noise from one measurement to the next, in logarithms. */
  readonly lossNoise: number;
  /** Share of its level that a quantity is pulled back by at each measurement. Default 0: it walks. */
  readonly pull?: number;
  /** Size of a collapse and recovery at the start, in logarithms. Default 0. */
  readonly collapse?: number;
  /** Measurement noise of every singular value, in movements at the start. Default 0. */
  readonly noise?: number;
  /** Default 3. */
  readonly layers?: number;
}

const usual = { phi: 0.5, tails: null, correlation: 0.8, falling: 0.8, volatility: 0.3, lossNoise: 0.05 };

/**
 * Runs in which nothing changes: the movement of training curves at its smoothest and roughest, with normal and heavy tails, steady and
 * volatile, even and shrinking; and each further difficulty of real logs by itself.
 */
export const nullRuns: readonly NullRun[] = [
  ...[0.35, 0.7].flatMap((phi) =>
    [null, 5].flatMap((tails) =>
      [
        { volatility: 0, falling: 0.8 },
        { volatility: 0.3, falling: 0.8 },
        { volatility: 0.6, falling: 0.8 },
        { volatility: 0.6, falling: 0 },
      ].map(({ volatility, falling }) => movement(phi, tails, volatility, falling)),
    ),
  ),
  {
    ...usual,
    name: 'swinging',
    description: 'increments that swing, as under Adam: φ 0.45, −0.3',
    phi: 0.45,
    swing: -0.3,
  },
  {
    ...usual,
    name: 'swinging-batch-loss',
    description: 'the same, and the loss of single batches',
    phi: 0.45,
    swing: -0.3,
    lossNoise: 0.7,
  },
  { ...usual, name: 'white-increments', description: 'increments without memory', phi: 0 },
  {
    ...usual,
    name: 'pulled-back',
    description: 'levels that return: by 5 % a measurement',
    phi: 0.3,
    pull: 0.05,
    falling: 0,
  },
  { ...usual, name: 'steep-fall', description: 'movement falls as t^−1.8', falling: 1.8 },
  { ...usual, name: 'collapse', description: 'collapse and recovery at the start', collapse: 1 },
  {
    ...usual,
    name: 'collapse-steep-fall',
    description: 'the same, and movement falls as t^−1.8',
    collapse: 1,
    falling: 1.8,
  },
  { ...usual, name: 'one-layer', description: 'a single layer', layers: 1 },
  {
    ...usual,
    name: 'one-layer-volatile',
    description: 'a single layer, volatility 0.6',
    layers: 1,
    volatility: 0.6,
  },
  {
    ...usual,
    name: 'eight-layers',
    description: 'eight layers, correlation 0.5',
    layers: 8,
    correlation: 0.5,
  },
  {
    ...usual,
    name: 'measurement-noise',
    description: 'noise of 0.3 movements on every singular value',
    noise: 0.3,
  },
  {
    ...usual,
    name: 'short-volatility',
    description: 'volatility 0.4, half forgotten at each measurement',
    volatility: 0.4,
    persistence: 0.5,
  },
  {
    ...usual,
    name: 't3-batch-loss',
    description: 'Student t, 3 degrees of freedom, and the loss of single batches',
    tails: 3,
    lossNoise: 0.7,
  },
];

/**
 * The family of that name.
 *
 * @throws RangeError if there is none.
 */
export function nullRunNamed(name: string): NullRun {
  const found = nullRuns.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new RangeError(`null run is ${name}; allowed: ${nullRuns.map((run) => run.name).join(', ')}`);
  }
  return found;
}

function movement(phi: number, tails: number | null, volatility: number, falling: number): NullRun {
  const innovations = tails === null ? 'normal' : `t${tails}`;
  const even = falling === 0 ? '-even' : '';
  return {
    ...usual,
    name: `${innovations}-phi-${phi}-volatility-${volatility}${even}`,
    description: `${innovations} innovations, φ ${phi}, volatility ${volatility}, movement ${falling === 0 ? 'even' : 'falls as t^−0.8'}`,
    phi,
    tails,
    volatility,
    falling,
  };
}
