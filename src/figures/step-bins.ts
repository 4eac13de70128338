import { alongLogSteps, stepAlong } from './log-steps.ts';

/** A series resampled onto equal columns of the step axis. */
export interface StepBins {
  /** Left edge of the first column and right edge of the last, in training steps. */
  readonly extent: readonly [number, number];
  readonly columns: number;
  /** Columns [from[i], to[i]) that measurement i is drawn in; at least one. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Columns for a heatmap with a true step axis. Each measurement's cell reaches half-way to its neighbors; with equal
 * spacing and at most `maxColumns` measurements every measurement gets exactly one column.
 *
 * @param steps strictly increasing
 */
export function stepBins(steps: Float64Array, maxColumns = 800): StepBins {
  const n = steps.length;
  if (n < 2) {
    const at = n === 1 ? steps[0] : 0;
    return {
      extent: [at - 0.5, at + 0.5],
      columns: 1,
      from: new Int32Array(n),
      to: new Int32Array(n).fill(1),
    };
  }
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < n; i++) smallest = Math.min(smallest, steps[i] - steps[i - 1]);
  const first = steps[0] - (steps[1] - steps[0]) / 2;
  const last = steps[n - 1] + (steps[n - 1] - steps[n - 2]) / 2;
  const columns = Math.max(1, Math.min(maxColumns, Math.round((last - first) / smallest)));
  const edge = (i: number): number => (i === 0 ? first : i === n ? last : (steps[i - 1] + steps[i]) / 2);
  const column = (step: number): number => ((step - first) / (last - first)) * columns;
  const from = new Int32Array(n);
  const to = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    from[i] = Math.round(column(edge(i)));
    to[i] = Math.round(column(edge(i + 1)));
    if (to[i] > from[i]) continue;
    // Narrower than a column and across no column's middle: it shares the column it lies in.
    from[i] = Math.min(columns - 1, Math.floor(column((edge(i) + edge(i + 1)) / 2)));
    to[i] = from[i] + 1;
  }
  return { extent: [first, last], columns, from, to };
}

/**
 * The same for an axis of steps that is logarithmic from `first` on: columns are equal parts of what is seen.
 *
 * @param first as `firstStepAbove0` says.
 */
export function logStepBins(steps: Float64Array, first: number, maxColumns = 400): StepBins {
  const bins = stepBins(
    steps.map((step) => alongLogSteps(step, first)),
    maxColumns,
  );
  const [from, to] = bins.extent;
  return { ...bins, extent: [stepAlong(from, first), stepAlong(to, first)] };
}

/** Value of each column: the mean of the determined measurements in it; NaN where there is none. */
export function binValues(values: Float64Array, { columns, from, to }: StepBins): Float64Array {
  const sum = new Float64Array(columns);
  const count = new Int32Array(columns);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    for (let column = from[i]; column < to[i]; column++) {
      sum[column] += values[i];
      count[column]++;
    }
  }
  return sum.map((total, column) => (count[column] === 0 ? Number.NaN : total / count[column]));
}
