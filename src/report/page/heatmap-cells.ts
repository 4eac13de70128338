/** One cell of the chart: a layer's value over the steps for which it stands. */
export interface Cell {
  readonly layer: string;
  readonly from: number;
  readonly to: number;
  /** Step of the measurement. */
  readonly at: number;
  readonly value: number;
  /** What its color tells: the value, or its place between the layer's lowest (0) and highest (1). */
  readonly shade: number;
}

export interface LayerValues {
  readonly name: string;
  readonly values: Float32Array;
}

/** More measurements than that cannot be told apart in the chart: every so many-th is drawn. */
const MOST_COLUMNS = 800;

/** The cells of a chart; values that are not numbers leave a gap. */
export function heatmapCells(steps: Float32Array, layers: readonly LayerValues[], perLayer: boolean): Cell[] {
  const n = steps.length;
  const stride = Math.ceil(n / MOST_COLUMNS);
  return layers.flatMap(({ name, values }) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
    }
    const shadeOf = (value: number): number => (most > least ? (value - least) / (most - least) : 0.5);
    const cells: Cell[] = [];
    for (let i = 0; i < n; i += stride) {
      const value = values[i];
      if (!Number.isFinite(value)) continue;
      const [from, next] = [stepEdge(steps, i), stepEdge(steps, Math.min(n, i + stride))];
      // A cell reaches under the next one, where there is one, so that no seam shows between them.
      const to = Number.isFinite(values[i + stride])
        ? Math.min(stepEdge(steps, n), next + (next - from) / 2)
        : next;
      cells.push({ layer: name, from, to, at: steps[i], value, shade: perLayer ? shadeOf(value) : value });
    }
    return cells;
  });
}

/** Where the i-th measurement's part of the axis begins: half-way to the one before it. */
export function stepEdge(steps: Float32Array, i: number): number {
  const n = steps.length;
  const gap = (j: number): number => (n > 1 ? steps[j] - steps[j - 1] : 1);
  if (i <= 0) return steps[0] - gap(1) / 2;
  return i >= n ? steps[n - 1] + gap(n - 1) / 2 : (steps[i - 1] + steps[i]) / 2;
}
