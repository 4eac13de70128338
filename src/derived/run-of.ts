import { InputError } from '../errors/input-error.ts';
import { type Layer, type LayerKind, type MetricSeries, type Run, seriesId } from '../measurements/types.ts';
import { unknownFacts } from '../measurements/unknown-facts.ts';
import { metricNames, metrics } from '../spectra/metrics.ts';
import { spectraOf } from '../spectra/spectrum.ts';
import type { Determined, Matrix, Spectrum } from '../spectra/types.ts';

/** What somebody measured of a training, in the fewest words. Everything else of `Run` may be said too. */
export interface RunFacts extends Partial<Omit<Run, 'layers' | 'steps' | 'loss' | 'gradientNorm'>> {
  readonly id: string;
  /** Training steps of the measurements, strictly increasing. */
  readonly steps: ArrayLike<number>;
  /**
   * By the layers' names, in network order: either curves by metric, each as long as `steps` (NaN for no value), or one
   * `[samples, features]` matrix of activations per step, of which spectra and every metric are taken.
   */
  readonly layers: Readonly<Record<string, readonly Matrix[] | Readonly<Record<string, ArrayLike<number>>>>>;
  readonly loss?: ArrayLike<number>;
  readonly gradientNorm?: ArrayLike<number>;
  /** What the layers are; `unknown` where absent. */
  readonly kinds?: Readonly<Record<string, LayerKind>>;
}

/**
 * A run from measurements that are at hand, ready for `analyzeStudy`, `buildReport` or `writeRun`.
 *
 * @throws InputError if the steps do not increase, or a curve is not as long as they are.
 * @example
 * const run = runOf({ id: 'mine', steps: [0, 10, 20], layers: { encoder: { stable_rank: [9, 5, 4] } } });
 * run.layers[0].series.get('stable_rank')?.values; // Float64Array [9, 5, 4]
 */
export function runOf(facts: RunFacts): Run {
  const { id, layers, kinds = {}, loss, gradientNorm, ...others } = facts;
  const steps = Float64Array.from(facts.steps);
  assertIncreasing(steps);
  const named = Object.entries(layers);
  if (named.length === 0) throw new InputError({ field: 'layers', allowed: 'at least one layer' });
  return {
    ...unknownFacts,
    plannedSteps: steps.length === 0 ? 0 : steps[steps.length - 1] + 1,
    evaluations: [],
    complete: true,
    stopped: null,
    ...others,
    id,
    steps,
    loss: curve('loss', loss, steps.length),
    gradientNorm: curve('gradientNorm', gradientNorm, steps.length),
    layers: named.map(([name, measured], depth): Layer => {
      const identity = { name, kind: kinds[name] ?? 'unknown', depth } as const;
      return isMatrices(measured)
        ? layerFromMatrices(identity, measured, steps.length)
        : layerFromCurves(identity, measured, steps.length);
    }),
  };
}

type Identity = Pick<Layer, 'name' | 'kind' | 'depth'>;

function layerFromCurves(
  identity: Identity,
  curves: Readonly<Record<string, ArrayLike<number>>>,
  n: number,
): Layer {
  const series = Object.entries(curves).map(([metric, values]): [string, MetricSeries] => [
    metric,
    { metric, centering: null, origin: 'logged', ...known(curve(`${identity.name}.${metric}`, values, n)) },
  ]);
  return {
    ...identity,
    samples: null,
    features: null,
    pooling: null,
    series: new Map(series),
    spectra: null,
  };
}

function layerFromMatrices(identity: Identity, matrices: readonly Matrix[], n: number): Layer {
  if (matrices.length !== n) {
    const allowed = `${n} matrices, one per step`;
    throw new InputError({ field: identity.name, value: `${matrices.length} matrices`, allowed });
  }
  const [first] = matrices;
  const other = matrices.findIndex(({ rows, columns }) => rows !== first.rows || columns !== first.columns);
  if (other >= 0) {
    const { rows, columns } = matrices[other];
    const field = `${identity.name}[${other}]`;
    throw new InputError({
      field,
      value: `${rows} × ${columns}`,
      allowed: `${first.rows} × ${first.columns}`,
    });
  }
  const spectra = matrices.map((matrix) => spectraOf(matrix));
  const complete = {
    centered: spectra.map(({ centered }) => withValues(centered)),
    raw: spectra.map(({ raw }) => withValues(raw)),
  };
  const series = (['centered', 'raw'] as const).flatMap((variant) =>
    metricNames
      .filter((metric) => variant === 'centered' || metric !== 'participation_ratio_corrected')
      .map((metric): [string, MetricSeries] => [
        seriesId(metric, variant),
        {
          metric,
          centering: variant === 'centered' ? 'columns' : 'none',
          origin: 'measured',
          ...determinedValues(spectra.map((both) => metrics[metric](both[variant]))),
        },
      ]),
  );
  const valuesOf = (entries: readonly (Spectrum | null)[]): Float64Array[] =>
    entries.map((spectrum) => spectrum?.singularValues ?? new Float64Array(0));
  return {
    ...identity,
    samples: first?.rows ?? null,
    features: first?.columns ?? null,
    pooling: null,
    series: new Map(series),
    spectra: { centered: valuesOf(complete.centered), raw: valuesOf(complete.raw), complete },
  };
}

function withValues(spectrum: Spectrum): Spectrum | null {
  return spectrum.undetermined === undefined ? spectrum : null;
}

function determinedValues(values: readonly Determined[]): Pick<MetricSeries, 'values' | 'undetermined'> {
  return {
    values: Float64Array.from(values, (value) => (value.determined ? value.value : Number.NaN)),
    undetermined: values.flatMap((value, index) =>
      value.determined ? [] : [{ index, reason: value.reason }],
    ),
  };
}

function known(values: Float64Array): Pick<MetricSeries, 'values' | 'undetermined'> {
  const undetermined = Array.from(values.keys())
    .filter((index) => !Number.isFinite(values[index]))
    .map((index) => ({ index, reason: `it is ${values[index]}` }));
  return { values: values.map((value) => (Number.isFinite(value) ? value : Number.NaN)), undetermined };
}

function curve(field: string, values: ArrayLike<number> | undefined, n: number): Float64Array {
  if (values === undefined) return new Float64Array(n).fill(Number.NaN);
  if (values.length === n) return Float64Array.from(values);
  throw new InputError({ field, value: `${values.length} values`, allowed: `${n}, one per step` });
}

function assertIncreasing(steps: Float64Array): void {
  const wrong = steps.findIndex(
    (step, i) => !Number.isSafeInteger(step) || step < 0 || (i > 0 && step <= steps[i - 1]),
  );
  if (wrong < 0) return;
  const allowed = wrong === 0 ? 'a whole number from 0' : `a whole number above ${steps[wrong - 1]}`;
  throw new InputError({ field: `steps[${wrong}]`, value: steps[wrong], allowed });
}

function isMatrices(
  measured: readonly Matrix[] | Readonly<Record<string, ArrayLike<number>>>,
): measured is readonly Matrix[] {
  return Array.isArray(measured);
}
