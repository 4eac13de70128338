/** Differences of neighbors, `series[i + 1] − series[i]`; one value fewer than the series has. */
export function differences(series: Float64Array): Float64Array {
  const changes = new Float64Array(Math.max(0, series.length - 1));
  for (let i = 0; i < changes.length; i++) changes[i] = series[i + 1] - series[i];
  return changes;
}
