/** A value further than this many sd outside its neighborhood is a spike. */
const REACH = 4;

/**
 * Clips every value to the range that the medians of the three values before and the three after span, ± 4 sd: spikes
 * of one value go, steps and ramps of any size stay. First and last value are left alone: what a network is before it
 * is trained is real.
 *
 * @param values at least 4.
 * @param sd local noise at each value.
 */
export function clipSpikes(values: Float64Array, sd: Float64Array): Float64Array {
  const n = values.length;
  const before = values.slice();
  const after = values.slice();
  for (let i = 0; i + 2 < n; i++) {
    const median = medianOfThree(values[i], values[i + 1], values[i + 2]);
    if (i + 3 < n) before[i + 3] = median;
    if (i > 0) after[i - 1] = median;
  }
  before[1] = values[0];
  before[2] = (values[0] + values[1]) / 2;
  after[n - 2] = values[n - 1];
  after[n - 3] = (values[n - 1] + values[n - 2]) / 2;
  const clipped = values.slice();
  for (let i = 1; i < n - 1; i++) {
    const lowest = Math.min(before[i], after[i]) - REACH * sd[i];
    const highest = Math.max(before[i], after[i]) + REACH * sd[i];
    clipped[i] = Math.min(highest, Math.max(lowest, values[i]));
  }
  return clipped;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
