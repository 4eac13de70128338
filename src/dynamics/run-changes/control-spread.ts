import { MAD_TO_SD, median } from '../../numerics/quantile.ts';
import { contrasts } from './contrasts.ts';
import { expectedLargest } from './past-spread.ts';
import type { RunSeries } from './run-series.ts';
import type { Spread, SpreadOf } from './spread.ts';

/** Measurements to either side, of a control run, that a contrast is compared with. */
const NEIGHBOURHOOD = 10;

/**
 * Contrasts compared with those of control runs around the same step: what training does at that stage anyway cancels, so that nothing
 * has to be known of the run's own past.
 *
 * @param controls with the same steps as the run.
 */
export function controlSpread(controls: readonly RunSeries[]): SpreadOf {
  return ({ layer, name }, width, values) => {
    const matching = controls.flatMap(({ series }) => {
      const same = series.find((other) => other.layer === layer && other.name === name);
      return same === undefined ? [] : [contrasts(same.values, width)];
    });
    return spreadAround(matching, values.length);
  };
}

function spreadAround(controls: readonly Float64Array[], n: number): Spread {
  const medians = new Float64Array(n);
  const typical = new Float64Array(n);
  const deviations = new Float64Array(n);
  const sizes = new Int32Array(n);
  for (let t = 0; t < n; t++) {
    const near = controls.flatMap((control) =>
      Array.from(control.subarray(Math.max(0, t - NEIGHBOURHOOD), t + NEIGHBOURHOOD + 1)),
    );
    const known = near.filter((value) => !Number.isNaN(value));
    sizes[t] = known.length;
    if (known.length < 2) continue;
    medians[t] = median(known);
    const distances = known.map((value) => Math.abs(value - medians[t]));
    typical[t] = MAD_TO_SD * median(distances);
    deviations[t] = Math.max(typical[t], Math.max(...distances) / expectedLargest(known.length));
  }
  return { medians, typical, deviations, sizes };
}
