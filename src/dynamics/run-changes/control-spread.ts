import { MAD_TO_SD, median } from '../../numerics/quantile.ts';
import { contrasts } from './contrasts.ts';
import { expectedLargest, pastSpread } from './past-spread.ts';
import { referenceOf } from './reference.ts';
import type { RunSeries } from './run-series.ts';
import type { Comparison, Spread, SpreadOf } from './spread.ts';

/** Measurements to either side at which control runs tell what is usual at a stage of training. */
const NEIGHBORHOOD = 10;

/**
 * Contrasts compared with those of control runs at the same step: what training does at that stage anyway cancels, and how far runs
 * differ from each other at that stage is what counts as usual. A run that has differed from the controls by more than they do
 * among themselves is allowed to go on so.
 *
 * @param controls at least two, with the same steps as the run.
 */
export function controlSpread(steps: Float64Array, controls: readonly RunSeries[]): Comparison {
  return { spreadOf: spreadAround(steps, controls), forecastOf: null };
}

function spreadAround(steps: Float64Array, controls: readonly RunSeries[]): SpreadOf {
  return ({ layer, name }, width, values) => {
    const matching = controls.flatMap(({ series }) => {
      const same = series.find((other) => other.layer === layer && other.name === name);
      return same === undefined ? [] : [contrasts(same.values, width)];
    });
    if (matching.length < 2) return nothing(values.length);
    const medians = medianOf(matching);
    const among = spreadAmong(matching);
    const reference = referenceOf(steps, width);
    const own = pastSpread(difference(values, medians), reference);
    const usual = matching.map((one, k) =>
      pastSpread(difference(one, medianOf(matching.filter((_, other) => other !== k))), reference),
    );
    // Where there is no past yet, the run is taken for one like the controls.
    const restlessness = own.typical.map((typical, t) =>
      own.sizes[t] < 2 * width ? 1 : Math.max(1, typical / median(usual.map((one) => one.typical[t])) || 1),
    );
    return {
      medians,
      typical: among.typical.map((typical, t) => typical * restlessness[t]),
      deviations: among.deviations.map((deviation, t) => deviation * restlessness[t]),
      sizes: among.sizes,
    };
  };
}

/** How far each control differs from the others around every place. */
function spreadAmong(controls: readonly Float64Array[]): Omit<Spread, 'medians'> {
  const n = controls[0].length;
  const distances = controls.map((one, k) =>
    difference(one, medianOf(controls.filter((_, other) => other !== k))).map(Math.abs),
  );
  const typical = new Float64Array(n);
  const deviations = new Float64Array(n);
  const sizes = new Int32Array(n);
  for (let t = 0; t < n; t++) {
    const near = distances.flatMap((own) =>
      Array.from(own.subarray(Math.max(0, t - NEIGHBORHOOD), t + NEIGHBORHOOD + 1)),
    );
    const known = near.filter((value) => !Number.isNaN(value));
    sizes[t] = known.length;
    if (known.length < 2) continue;
    typical[t] = MAD_TO_SD * median(known);
    deviations[t] = Math.max(typical[t], Math.max(...known) / expectedLargest(known.length));
  }
  return { typical, deviations, sizes };
}

function medianOf(series: readonly Float64Array[]): Float64Array {
  return series[0].map((_, t) => {
    const known = series.map((one) => one[t]).filter((value) => !Number.isNaN(value));
    return known.length === 0 ? Number.NaN : median(known);
  });
}

function difference(values: Float64Array, from: Float64Array): Float64Array {
  return values.map((value, t) => value - from[t]);
}

function nothing(n: number): Spread {
  const zeros = new Float64Array(n);
  return { medians: zeros, typical: zeros, deviations: zeros, sizes: new Int32Array(n) };
}
