import type { Layer, MetricSeries, Run } from '../../measurements/types.ts';
import type { Random } from '../../numerics/random.ts';
import type { NullRun } from './null-runs.ts';

/** Something that happens to a simulated run. */
export interface SimulatedChange {
  /** Index of the first measurement that differs. */
  readonly at: number;
  /** From then on everything moves so many times as much. Default 1. */
  readonly pace?: number;
  /** Every quantity goes to another level, so many movements of that time away. Default 0. */
  readonly jump?: number;
  /** Measurements after which about 0.37 of the jump is left; it stays if absent. */
  readonly recovery?: number;
}

export interface SimulatedRunOptions {
  /** Training steps between two measurements. Default 5. */
  readonly interval?: number;
  /** Nothing, if absent. */
  readonly change?: SimulatedChange;
}

/** Singular values per layer: enough for dimensionalities that vary, few enough for many runs. */
const VALUES = 8;
/** Movement of a singular value from one measurement to the next at the start, in logarithms. */
const MOVEMENT = 0.02;
/** Measurements that a movement runs before the first, so that it begins with its memory filled. */
const WARM_UP = 50;

/**
 * A run in which nothing changes, or one thing: logarithms of singular values and of the loss walk smoothly, with the dependence, tails and
 * volatility of the family, and everything else follows from them.
 *
 * @param n measurements.
 * @example
 * simulateRun(nullRunNamed('collapse'), 400, createRandom(1), { change: { at: 200, pace: 0.1 } });
 */
export function simulateRun(
  family: NullRun,
  n: number,
  rng: Random,
  { interval = 5, change }: SimulatedRunOptions = {},
): Run {
  const { layers: count = 3, collapse = 0, noise = 0, lossNoise } = family;
  const walks = walksOf(family, n, count * VALUES + 1, rng.fork('movement'), change);
  const draws = rng.fork('noise');
  const layers = Array.from({ length: count }, (_, depth): Layer => {
    const recovery = 1 / (40 * (0.01 + 0.04 * draws.uniform()));
    const spectra = Array.from({ length: n }, (_, t) => {
      const early = collapse * (Math.exp(-t / (0.03 * n)) - Math.exp(-t / (recovery * n)));
      return Float64Array.from({ length: VALUES }, (_, k) => {
        const walk = walks[depth * VALUES + k][t] + noise * MOVEMENT * draws.normal();
        return Math.exp(walk + 0.2 * (k + 1) * early) / Math.sqrt(k + 1);
      })
        .sort()
        .reverse();
    });
    return simulatedLayer(depth, spectra);
  });
  const decline = 3 * draws.uniform();
  const loss = walks[walks.length - 1].map((walk, t) =>
    Math.exp(4 * walk - decline * Math.log1p(t / (0.05 * n)) + lossNoise * draws.normal()),
  );
  return simulated(layers, loss, interval);
}

/** Walks whose increments have memory, share their volatility, and shrink. */
function walksOf(
  { phi, swing = 0, tails, correlation, falling, volatility, persistence = 0.9, pull = 0 }: NullRun,
  n: number,
  count: number,
  rng: Random,
  change?: SimulatedChange,
): Float64Array[] {
  const walks = Array.from({ length: count }, () => new Float64Array(n));
  const remembered = walks.map(() => [0, 0]);
  // A jump takes each quantity its own way.
  const ways = walks.map(() => rng.normal());
  let mood = rng.normal();
  for (let t = -WARM_UP; t < n; t++) {
    mood = persistence * mood + Math.sqrt(1 - persistence ** 2) * rng.normal();
    const usual = MOVEMENT * (1 + Math.max(0, t) / (n / 40)) ** -falling;
    const pace = change !== undefined && t >= change.at ? (change.pace ?? 1) : 1;
    const scale = usual * pace * Math.exp(volatility * mood);
    const common = rng.normal();
    const heavy = tails === null ? 1 : Math.sqrt((tails - 2) / chiSquared(tails, rng));
    const jumped = change === undefined ? 0 : usual * jumpAt(t, change);
    walks.forEach((walk, i) => {
      const own = Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * rng.normal();
      const [one, two] = remembered[i];
      const next = phi * one + swing * two + own * heavy * scale;
      remembered[i] = [next, one];
      if (t > 0) walk[t] = walk[t - 1] * (1 - pull) + next + ways[i] * jumped;
    });
  }
  return walks;
}

/** What a jump adds at a measurement, in movements: all at once, and less of it with every one that follows if it recovers. */
function jumpAt(t: number, { at, jump = 0, recovery }: SimulatedChange): number {
  if (t < at) return 0;
  if (t === at) return jump;
  if (recovery === undefined) return 0;
  return jump * (Math.exp(-(t - at) / recovery) - Math.exp(-(t - 1 - at) / recovery));
}

function chiSquared(degrees: number, rng: Random): number {
  let sum = 0;
  for (let i = 0; i < degrees; i++) sum += rng.normal() ** 2;
  return sum;
}

function simulatedLayer(depth: number, spectra: Float64Array[]): Layer {
  const sums = (power: number): Float64Array =>
    Float64Array.from(spectra, (spectrum) => spectrum.reduce((sum, value) => sum + value ** power, 0));
  const [variance, squares] = [sums(2), sums(4)];
  const series = (metric: string, values: Float64Array): [string, MetricSeries] => [
    metric,
    { metric, centering: 'columns', origin: 'measured', values, undetermined: [] },
  ];
  return {
    name: `layer.${depth}`,
    kind: 'linear',
    depth,
    samples: 160,
    features: VALUES,
    pooling: null,
    series: new Map([
      series(
        'participation_ratio',
        variance.map((sum, t) => sum ** 2 / squares[t]),
      ),
      series(
        'stable_rank',
        variance.map((sum, t) => sum / spectra[t][0] ** 2),
      ),
    ]),
    spectra: { centered: spectra, raw: null },
  };
}

function simulated(layers: Layer[], loss: Float64Array, interval: number): Run {
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
    steps: loss.map((_, t) => t * interval),
    loss,
    gradientNorm: new Float64Array(loss.length).fill(Number.NaN),
    evaluations: [],
    complete: true,
    stopped: null,
  };
}
