/**
 * A line's points, thinned to what a panel can show: of every bin of neighboring points the first, lowest, highest
 * and last are kept, so that the drawn line covers the same area. Undetermined points are kept as gaps.
 *
 * @param maxPoints a longer series is thinned to about this many points
 */
export function thinSeries(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  maxPoints = 800,
): [step: number, value: number | null][] {
  const point = (i: number): [number, number | null] => [
    steps[i],
    Number.isFinite(values[i]) ? values[i] : null,
  ];
  const n = steps.length;
  if (n <= maxPoints) return Array.from({ length: n }, (_, i) => point(i));

  const kept: [number, number | null][] = [];
  const bins = Math.max(1, Math.floor(maxPoints / 4));
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * n) / bins);
    const to = Math.floor(((bin + 1) * n) / bins);
    let low = from;
    let high = from;
    let gap = -1;
    for (let i = from; i < to; i++) {
      if (!Number.isFinite(values[i])) gap = i;
      if (values[i] < values[low] || Number.isNaN(values[low])) low = i;
      if (values[i] > values[high] || Number.isNaN(values[high])) high = i;
    }
    const chosen = new Set([from, low, high, to - 1, ...(gap < 0 ? [] : [gap])]);
    for (const i of [...chosen].sort((a, b) => a - b)) kept.push(point(i));
  }
  return kept;
}
