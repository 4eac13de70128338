import type { Layer, MetricSeries, Run } from '../../measurements/types.ts';
import { singularValueVelocity } from '../../spectra/singular-value-velocity.ts';
import { Recent } from '../recent.ts';

/**
 * What a series says: the shape of a layer's spectrum (dimensionality), its size (‖σ‖), how fast it moves, the pace at which all
 * layers move on average, or the loss.
 */
export const quantities = ['shape', 'size', 'velocity', 'pace', 'loss'] as const;
export type Quantity = (typeof quantities)[number];

/** The logarithm of one measured quantity of a run. */
export interface LogSeries {
  readonly quantity: Quantity;
  /** `participation_ratio`, `stable_rank`, `spectral_norm`, `singular_value_velocity`, `pace` or `loss`. */
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
  /** null for the loss. */
  readonly layer: string | null;
  readonly reason: string;
}

/** Share of measurements that a series must have a value at. */
const LEAST_DETERMINED = 0.5;

/**
 * The logarithms of all series of a run that the joint test looks at: participation ratio and stable rank of every layer, size and
 * velocity of its spectrum where spectra are logged, and the loss.
 *
 * @example
 * const { series, leftOut } = runSeries(run);
 * for (const { name, layer, reason } of leftOut) console.log(name, layer, reason);
 */
export function runSeries(run: Run): RunSeries {
  const size = SERIES_PER_LAYER * run.layers.length * run.steps.length;
  return recent.of(run, size, () => seriesOf(run));
}

/** A run is looked at by itself, then with its seeds, and as a control with one run after another. */
const recent = new Recent<Run, RunSeries>(1e6);
const SERIES_PER_LAYER = 4;

function seriesOf(run: Run): RunSeries {
  const leftOut: LeftOut[] = [];
  const series: LogSeries[] = [];
  const add = (one: LogSeries): void => {
    const reason = reasonAgainst(one.values);
    if (reason === null) series.push(one);
    else leftOut.push({ name: one.name, layer: one.layer, reason });
  };
  for (const layer of run.layers) {
    for (const name of ['participation_ratio', 'stable_rank']) {
      const found = metricOf(layer, name);
      if (found === null) leftOut.push({ name, layer: layer.name, reason: 'not in the log' });
      else add({ quantity: 'shape', name, layer: layer.name, values: logarithms(found.values) });
    }
    const spectra = layer.spectra?.centered ?? layer.spectra?.raw ?? null;
    if (spectra === null) {
      leftOut.push({ name: 'singular_value_velocity', layer: layer.name, reason: 'no spectra are logged' });
      continue;
    }
    const norms = logarithms(Float64Array.from(spectra, normOf));
    add({ quantity: 'size', name: 'spectral_norm', layer: layer.name, values: norms });
    add({
      quantity: 'velocity',
      name: 'singular_value_velocity',
      layer: layer.name,
      values: velocities(spectra),
    });
  }
  const moving = series.filter(({ quantity }) => quantity === 'velocity');
  if (moving.length > 1) {
    series.push({ quantity: 'pace', name: 'pace', layer: null, values: meanOf(moving) });
  }
  add({ quantity: 'loss', name: 'loss', layer: null, values: logarithms(run.loss) });
  return { series, leftOut };
}

/** A metric of centered spectra, else of raw ones, else as logged. */
function metricOf({ series }: Layer, metric: string): MetricSeries | null {
  return series.get(metric) ?? series.get(`${metric}.raw`) ?? series.get(`${metric}.logged`) ?? null;
}

function logarithms(values: Float64Array): Float64Array {
  const logs = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) {
    const value = values[t];
    logs[t] = value > 0 && value < Number.POSITIVE_INFINITY ? Math.log(value) : Number.NaN;
  }
  return logs;
}

function normOf(spectrum: Float64Array): number {
  const largest = spectrum.length === 0 ? Number.NaN : spectrum[0];
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return Number.NaN;
  let squares = 0;
  for (const value of spectrum) squares += (value / largest) ** 2;
  return largest * Math.sqrt(squares);
}

/** From each measurement to the next, whatever lies between: only contrasts of similar intervals are compared later. */
function velocities(spectra: readonly Float64Array[]): Float64Array {
  return Float64Array.from(spectra, (now, t) => {
    const velocity = t === 0 ? null : singularValueVelocity(spectra[t - 1], now);
    return velocity?.determined ? velocity.value : Number.NaN;
  });
}

/** Mean at each measurement of the series that have a value there. */
function meanOf(series: readonly LogSeries[]): Float64Array {
  return series[0].values.map((_, t) => {
    const known = series.map(({ values }) => values[t]).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

function reasonAgainst(logs: Float64Array): string | null {
  let known = 0;
  let first = Number.NaN;
  let changes = false;
  for (const value of logs) {
    if (Number.isNaN(value)) continue;
    if (known === 0) first = value;
    else if (value !== first) changes = true;
    known++;
  }
  if (known < LEAST_DETERMINED * logs.length) {
    return `${logs.length - known} of ${logs.length} values are missing or not above 0`;
  }
  return changes ? null : 'it never changes';
}
