/** Moments of a segment, and its least-squares line. */
export interface SegmentFit {
  readonly size: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly deviations: number;
  /** Slope of the line, per measurement. */
  readonly slope: number;
}

/** Fits the measurements start … end − 1, in two passes. */
export function fitSegment(values: Float64Array, start: number, end: number): SegmentFit {
  const size = end - start;
  let mean = 0;
  for (let i = start; i < end; i++) mean += values[i] / size;
  const center = (start + end - 1) / 2;
  let [deviations, moment] = [0, 0];
  for (let i = start; i < end; i++) {
    deviations += (values[i] - mean) ** 2;
    moment += (i - center) * (values[i] - mean);
  }
  return { size, mean, deviations, slope: size < 2 ? 0 : (12 * moment) / (size * (size * size - 1)) };
}
