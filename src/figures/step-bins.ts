/** A series resampled onto equal columns of the step axis. */
export interface StepBins {
  /** Left edge of the first column and right edge of the last, in training steps. */
  readonly extent: readonly [number, number];
  readonly columns: number;
  /** Column of each measurement's cell: cell i covers columns [starts[i], starts[i + 1]). */
  readonly starts: Int32Array;
}

/**
 * Columns for a heatmap with a true step axis. Each measurement's cell reaches half-way to its neighbours; with equal
 * spacing and at most `maxColumns` measurements every measurement gets exactly one column.
 *
 * @param steps strictly increasing
 */
export function stepBins(steps: Float64Array, maxColumns = 800): StepBins {
  const n = steps.length;
  if (n < 2) {
    const at = n === 1 ? steps[0] : 0;
    return { extent: [at - 0.5, at + 0.5], columns: 1, starts: Int32Array.of(0, n) };
  }
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < n; i++) smallest = Math.min(smallest, steps[i] - steps[i - 1]);
  const first = steps[0] - (steps[1] - steps[0]) / 2;
  const last = steps[n - 1] + (steps[n - 1] - steps[n - 2]) / 2;
  const columns = Math.max(1, Math.min(maxColumns, Math.round((last - first) / smallest)));
  const starts = new Int32Array(n + 1);
  for (let i = 1; i < n; i++) {
    const edge = (steps[i - 1] + steps[i]) / 2;
    starts[i] = Math.round(((edge - first) / (last - first)) * columns);
  }
  starts[n] = columns;
  return { extent: [first, last], columns, starts };
}

/** Value of each column: the mean of the determined measurements in it; NaN where there is none. */
export function binValues(values: Float64Array, { columns, starts }: StepBins): Float64Array {
  const sum = new Float64Array(columns);
  const count = new Int32Array(columns);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const from = Math.min(starts[i], columns - 1);
    const to = Math.max(starts[i + 1], from + 1);
    for (let column = from; column < to; column++) {
      sum[column] += values[i];
      count[column]++;
    }
  }
  return sum.map((total, column) => (count[column] === 0 ? Number.NaN : total / count[column]));
}
