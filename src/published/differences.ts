/** Differences of neighbours, `series[i + 1] − series[i]`; one value fewer than the series has. */
export function differences(series: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, series.length - 1) }, (_, i) => series[i + 1] - series[i]);
}
