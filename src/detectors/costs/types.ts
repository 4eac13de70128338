/**
 * What stretches of a series cost when one model is fitted to each: twice the negative log-likelihood, but for what
 * does not depend on how the series is cut. A split never costs more: error(a, c) >= error(a, b) + error(b, c).
 */
export interface Cost {
  /** Measurements in the series. */
  readonly length: number;
  /** Parameters fitted to a segment. */
  readonly parameters: number;
  /** Fewest measurements that determine them. */
  readonly minSize: number;
  /** Cost of the measurements start … end − 1, in constant time. */
  error(start: number, end: number): number;
  /** error(starts[i], end) of the first `count` starts, in one loop, which takes a fraction of as many calls' time. */
  errorsUntil(starts: Int32Array, count: number, end: number, into: Float64Array): void;
}

/** A cost Σ (y − μ)² that is least over one level μ. */
export interface LevelCost extends Cost {
  /** The level fitted to the measurements start … end − 1. */
  level(start: number, end: number): number;
}
