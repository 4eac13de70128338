import type { Layer, MetricSeries, Run } from '../../measurements/types.ts';
import type { Random } from '../../numerics/random.ts';

/** What a simulated run is like in which nothing changes. */
export interface RunFamily {
  readonly name: string;
  /** Correlation of neighbouring increments. */
  readonly phi: number;
  /** Correlation two increments apart beyond what follows from `phi`: below 0 makes them swing. Default 0. */
  readonly swing?: number;
  /** Degrees of freedom of Student's t innovations; null for normal ones. */
  readonly tails: number | null;
  /** Correlation of the innovations of all quantities. */
  readonly correlation: number;
  /** Movement falls as (1 + t / n₀)^−falling, n₀ a fortieth of the run. */
  readonly falling: number;
  /** Standard deviation of the logarithm of the movement's size, shared by all quantities, and its memory. */
  readonly volatility: number;
  readonly persistence?: number;
  /** Standard deviation of the loss's noise from one measurement to the next, in logarithms. */
  readonly lossNoise: number;
  /** Whether the levels are pulled back, by this share a measurement. Default 0: they walk. */
  readonly pull?: number;
  /** Collapse and recovery at the start, in logarithms. Default 0. */
  readonly transient?: number;
  /** Measurement noise of every singular value, relative to its movement at the start. Default 0. */
  readonly jitter?: number;
  readonly layers?: number;
}

const usual = { phi: 0.5, tails: null, correlation: 0.8, falling: 0.8, volatility: 0.3, lossNoise: 0.05 };

/**
 * Families of runs in which nothing changes: the movement of training curves at its smoothest and roughest, with normal and heavy
 * tails, steady and volatile, even and shrinking; and each further difficulty of real logs by itself.
 */
export const runFamilies: readonly RunFamily[] = [
  ...[0.35, 0.7].flatMap((phi) =>
    [null, 5].flatMap((tails) =>
      [
        { volatility: 0, falling: 0.8 },
        { volatility: 0.3, falling: 0.8 },
        { volatility: 0.6, falling: 0.8 },
        { volatility: 0.6, falling: 0 },
      ].map(({ volatility, falling }) => ({
        ...usual,
        name: `${tails === null ? 'normal' : 't5'}-phi-${phi}-volatility-${volatility}${falling === 0 ? '-even' : ''}`,
        phi,
        tails,
        volatility,
        falling,
      })),
    ),
  ),
  { ...usual, name: 'swinging', phi: 0.45, swing: -0.3 },
  { ...usual, name: 'swinging-batch-loss', phi: 0.45, swing: -0.3, lossNoise: 0.7 },
  { ...usual, name: 'white-increments', phi: 0 },
  { ...usual, name: 'pulled-back', phi: 0.3, pull: 0.05, falling: 0 },
  { ...usual, name: 'steep-fall', falling: 1.8 },
  { ...usual, name: 'collapse', transient: 1 },
  { ...usual, name: 'collapse-steep-fall', transient: 1, falling: 1.8 },
  { ...usual, name: 'one-layer', layers: 1 },
  { ...usual, name: 'one-layer-volatile', layers: 1, volatility: 0.6 },
  { ...usual, name: 'eight-layers', layers: 8, correlation: 0.5 },
  { ...usual, name: 'measurement-noise', jitter: 0.3 },
  { ...usual, name: 'short-volatility', volatility: 0.4, persistence: 0.5 },
  { ...usual, name: 't3-batch-loss', tails: 3, lossNoise: 0.7 },
];

/** Singular values per layer: enough for dimensionalities that vary, few enough for many runs. */
const VALUES = 8;
/** Movement of a singular value from one measurement to the next at the start, in logarithms. */
const MOVEMENT = 0.02;

/**
 * A run in which nothing changes: logarithms of singular values and of the loss walk smoothly, with the dependence, tails and
 * volatility of the family, and everything else follows from them.
 *
 * @param n measurements.
 * @param interval training steps between two.
 */
export function simulatedRun(family: RunFamily, n: number, rng: Random, interval = 5): Run {
  const { layers: count = 3, transient = 0, jitter = 0 } = family;
  const walks = smoothWalks(family, n, count * VALUES + 1, rng.fork('movement'));
  const noise = rng.fork('noise');
  const layers = Array.from({ length: count }, (_, depth): Layer => {
    const slow = noise.uniform() * 0.04 + 0.01;
    const spectra = Array.from({ length: n }, (_, t) =>
      Float64Array.from({ length: VALUES }, (_, k) => {
        const walk = walks[depth * VALUES + k][t] + jitter * MOVEMENT * noise.normal();
        const early =
          transient * (Math.exp(-t / (0.03 * n)) - Math.exp((-t * slow * 40) / n)) * (k + 1) * 0.2;
        return Math.exp(walk + early) / Math.sqrt(k + 1);
      }).sort((a, b) => b - a),
    );
    return simulatedLayer(depth, spectra);
  });
  const last = walks[walks.length - 1];
  const decline = 3 * noise.uniform();
  const loss = last.map((walk, t) =>
    Math.exp(4 * walk - decline * Math.log1p(t / (0.05 * n)) + family.lossNoise * noise.normal()),
  );
  return simulated(layers, loss, interval);
}

/** Walks whose increments have memory, share their volatility, and shrink. */
function smoothWalks(family: RunFamily, n: number, count: number, rng: Random): Float64Array[] {
  const { phi, swing = 0, tails, correlation, falling, volatility, persistence = 0.9, pull = 0 } = family;
  const walks = Array.from({ length: count }, () => new Float64Array(n));
  const increments = walks.map(() => [0, 0]);
  let mood = rng.normal();
  for (let t = -50; t < n; t++) {
    mood = persistence * mood + Math.sqrt(1 - persistence ** 2) * rng.normal();
    const scale = MOVEMENT * (1 + Math.max(0, t) / (n / 40)) ** -falling * Math.exp(volatility * mood);
    const common = rng.normal();
    const heavy = tails === null ? 1 : Math.sqrt((tails - 2) / chiSquared(tails, rng));
    walks.forEach((walk, i) => {
      const own = Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * rng.normal();
      const [one, two] = increments[i];
      // The two before, in units of the scale now: what is remembered is direction.
      const next = phi * one + swing * two + own * heavy * scale;
      increments[i] = [next, one];
      if (t > 0) walk[t] = walk[t - 1] * (1 - pull) + next;
    });
  }
  return walks;
}

function chiSquared(degrees: number, rng: Random): number {
  let sum = 0;
  for (let i = 0; i < degrees; i++) sum += rng.normal() ** 2;
  return sum;
}

function simulatedLayer(depth: number, spectra: Float64Array[]): Layer {
  const n = spectra.length;
  const participation = new Float64Array(n);
  const stable = new Float64Array(n);
  spectra.forEach((spectrum, t) => {
    let [sum, squares] = [0, 0];
    for (const value of spectrum) {
      sum += value ** 2;
      squares += value ** 4;
    }
    participation[t] = sum ** 2 / squares;
    stable[t] = sum / spectrum[0] ** 2;
  });
  const series = new Map(
    Object.entries({ participation_ratio: participation, stable_rank: stable }).map(
      ([metric, values]): [string, MetricSeries] => [
        metric,
        { metric, centring: 'columns', origin: 'measured', values, undetermined: [] },
      ],
    ),
  );
  return {
    name: `layer.${depth}`,
    kind: 'linear',
    depth,
    samples: 160,
    features: VALUES,
    pooling: null,
    series,
    spectra: { centred: spectra, raw: null },
  };
}

function simulated(layers: Layer[], loss: Float64Array, interval: number): Run {
  const steps = loss.map((_, t) => t * interval);
  return {
    id: 'simulated',
    architecture: 'simulated',
    family: 'unknown',
    dataset: 'simulated',
    classes: null,
    seed: null,
    hyperparameters: {},
    parameterCount: null,
    plannedSteps: loss.length * interval,
    layers,
    steps,
    loss,
    gradientNorm: new Float64Array(loss.length).fill(Number.NaN),
    evaluations: [],
    complete: true,
    stopped: null,
  };
}
