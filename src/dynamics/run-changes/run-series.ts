import type { Layer, MetricSeries, Run } from '../../measurements/types.ts';
import { spectralVelocity } from './spectral-velocity.ts';

/**
 * What a series says: the shape of a layer's spectrum (dimensionality), its size (‖σ‖), how fast it moves, the pace at which all
 * layers move on average, or the loss.
 */
export const quantities = ['shape', 'size', 'velocity', 'pace', 'loss'] as const;
export type Quantity = (typeof quantities)[number];

/** The logarithm of one measured quantity of a run. */
export interface LogSeries {
  readonly quantity: Quantity;
  /** `participation_ratio`, `stable_rank`, `spectral_norm`, `spectral_velocity`, `pace` or `loss`. */
  readonly name: string;
  /** null for pace and loss. */
  readonly layer: string | null;
  /** Natural logarithms, one per measurement of the run; NaN where there is none. */
  readonly values: Float64Array;
}

/** The series on which a run is tested, and what of it could not be used. */
export interface RunSeries {
  readonly series: readonly LogSeries[];
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly name: string;
  readonly layer: string | null;
  readonly reason: string;
}

/**
 * Movement below this share of ‖σ‖ is rounding: activations are computed in float32. A spectrum that moves less counts as moving
 * this much, so that a layer that comes to rest is told from one that slows down by what is certain only.
 */
const LEAST_VELOCITY = 1e-7;

/** Share of measurements that a series must have a value at. */
const LEAST_DETERMINED = 0.5;

/**
 * The logarithms of all series of a run that the joint test looks at: participation ratio and stable rank of every layer, size and
 * velocity of its spectrum where spectra are logged, and the loss.
 *
 * @example
 * runSeries(run).leftOut; // [{ name: 'spectral_velocity', layer: 'fc', reason: 'no spectra are logged' }]
 */
export function runSeries(run: Run): RunSeries {
  const leftOut: LeftOut[] = [];
  const series: LogSeries[] = [];
  const add = (quantity: Quantity, name: string, layer: string | null, values: Float64Array): void => {
    const logs = logarithms(values);
    const reason = reasonAgainst(logs, values);
    if (reason === null) series.push({ quantity, name, layer, values: logs });
    else leftOut.push({ name, layer, reason });
  };
  for (const layer of run.layers) {
    for (const metric of ['participation_ratio', 'stable_rank']) {
      const found = metricOf(layer, metric);
      if (found === null) leftOut.push({ name: metric, layer: layer.name, reason: 'not in the log' });
      else add('shape', metric, layer.name, found.values);
    }
    const spectra = layer.spectra?.centred ?? layer.spectra?.raw ?? null;
    if (spectra === null) {
      leftOut.push({ name: 'spectral_velocity', layer: layer.name, reason: 'no spectra are logged' });
      continue;
    }
    add('size', 'spectral_norm', layer.name, Float64Array.from(spectra, normOf));
    const { values } = spectralVelocity(spectra);
    add(
      'velocity',
      'spectral_velocity',
      layer.name,
      values.map((v) => Math.max(v, LEAST_VELOCITY)),
    );
  }
  const velocities = series.filter(({ quantity }) => quantity === 'velocity');
  if (velocities.length > 1) {
    series.push({ quantity: 'pace', name: 'pace', layer: null, values: meanOf(velocities) });
  }
  add('loss', 'loss', null, run.loss);
  return { series, leftOut };
}

/** Mean at each measurement of the series that have a value there. */
function meanOf(series: readonly LogSeries[]): Float64Array {
  return series[0].values.map((_, t) => {
    const known = series.map(({ values }) => values[t]).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

/** A metric of centred spectra, else of raw ones, else as logged. */
function metricOf({ series }: Layer, metric: string): MetricSeries | null {
  return series.get(metric) ?? series.get(`${metric}.raw`) ?? series.get(`${metric}.logged`) ?? null;
}

function normOf(spectrum: Float64Array): number {
  if (spectrum.length === 0) return Number.NaN;
  const largest = spectrum[0];
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return Number.NaN;
  let squares = 0;
  for (const value of spectrum) squares += (value / largest) ** 2;
  return largest * Math.sqrt(squares);
}

function logarithms(values: Float64Array): Float64Array {
  return values.map((value) =>
    value > 0 && value < Number.POSITIVE_INFINITY ? Math.log(value) : Number.NaN,
  );
}

function reasonAgainst(logs: Float64Array, values: Float64Array): string | null {
  const determined = logs.filter((value) => !Number.isNaN(value));
  if (determined.length < LEAST_DETERMINED * logs.length) {
    return `${logs.length - determined.length} of ${values.length} values are missing or not above 0`;
  }
  if (determined.every((value) => value === determined[0])) return 'constant';
  return null;
}
