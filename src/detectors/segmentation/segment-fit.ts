/** Moments of a segment, and its least-squares line. */
export interface SegmentFit {
  readonly size: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly deviations: number;
  /** Slope of the line, per unit of position. */
  readonly slope: number;
  /** Mean position. */
  readonly center: number;
  /** Squared deviations of the positions from it. */
  readonly spread: number;
}

/**
 * Fits the measurements start … end − 1, in two passes.
 *
 * @param positions where the measurements lie on the line's axis; by default at 0, 1, 2, …
 */
export function fitSegment(
  values: Float64Array,
  start: number,
  end: number,
  positions?: Float64Array,
): SegmentFit {
  const size = end - start;
  const at = (i: number): number => positions?.[i] ?? i;
  let [mean, center] = [0, 0];
  for (let i = start; i < end; i++) {
    mean += values[i] / size;
    center += at(i) / size;
  }
  let [deviations, moment, spread] = [0, 0, 0];
  for (let i = start; i < end; i++) {
    deviations += (values[i] - mean) ** 2;
    moment += (at(i) - center) * (values[i] - mean);
    spread += (at(i) - center) ** 2;
  }
  return { size, mean, deviations, slope: size < 2 ? 0 : moment / spread, center, spread };
}

/** How two neighboring lines differ where they meet. */
export interface Meeting {
  /** Right line less left line. */
  readonly jump: number;
  /** Right slope less left slope. */
  readonly bend: number;
  /** Variances of both in units of the noise's, were it independent. */
  readonly jumpVariance: number;
  readonly bendVariance: number;
}

/** The position halfway between a measurement and the one before it. */
export function middleBefore(index: number, positions?: Float64Array): number {
  return positions === undefined ? index - 0.5 : (positions[index - 1] + positions[index]) / 2;
}

/** @param at position where they meet. */
export function meetingOf(left: SegmentFit, right: SegmentFit, at: number): Meeting {
  const lineAt = ({ mean, slope, center }: SegmentFit): number => mean + slope * (at - center);
  const varianceAt = ({ size, center, spread }: SegmentFit): number => 1 / size + (at - center) ** 2 / spread;
  return {
    jump: lineAt(right) - lineAt(left),
    bend: right.slope - left.slope,
    jumpVariance: varianceAt(left) + varianceAt(right),
    bendVariance: 1 / left.spread + 1 / right.spread,
  };
}

/** Whether the jump stands further above its standard error than the bend. */
export function jumpIsLarger({ jump, bend, jumpVariance, bendVariance }: Meeting): boolean {
  return jump ** 2 / jumpVariance >= bend ** 2 / bendVariance;
}
