import type { TopLevelSpec } from 'vega-lite';

/** A chart as data: a Vega-Lite 6 specification with its rows inside. */
export type FigureSpec = TopLevelSpec;

/** How a metric is called on axes and legends. */
export interface MetricLabel {
  readonly name: string;
  readonly unit: string;
}

/** Share of a run's layers that change together, against what a null model gives. */
export interface CoordinationView {
  /** Training steps, one per share. */
  readonly steps: ArrayLike<number>;
  /** 0 to 1. */
  readonly share: ArrayLike<number>;
  /** Least share held to be coordinated; null if even all layers together are not enough. */
  readonly threshold: number | null;
  /** Probability that the null model reaches the threshold anywhere in the run. */
  readonly alpha: number;
  /** In words, e.g. `each layer shifted circularly in time`. */
  readonly nullModel: string;
}

/** One measured curve. */
export interface Curve {
  /** What tells it apart in the legend: a run, a seed. */
  readonly label: string;
  readonly steps: Float64Array;
  readonly values: Float64Array;
}
