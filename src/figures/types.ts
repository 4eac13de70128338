import type { TopLevelSpec } from 'vega-lite';
import type { Detection } from '../dynamics/types.ts';
import type { LayerKind } from '../measurements/types.ts';

/** A chart as data: a Vega-Lite 6 specification with its rows inside. */
export type FigureSpec = TopLevelSpec;

/** How a metric is called on axes and legends. */
export interface MetricLabel {
  readonly name: string;
  readonly unit: string;
}

/** What a figure shows of one layer's dynamics; layers come in network order. */
export interface LayerDynamicsView {
  readonly layer: string;
  readonly depth: number;
  readonly kind: LayerKind;
  /** Whether and from which training step the series stays near its final level, or why that cannot be said. */
  readonly stabilization: {
    readonly status: string;
    readonly step?: number | null;
    readonly reason?: string | null;
  };
  readonly detection: Detection;
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

/** Changes per layer and 1,000 training steps in one group of runs. */
export interface GroupRateView {
  readonly by: 'family' | 'architecture';
  readonly group: string;
  /** Layer series the rate is taken over. */
  readonly layers: number;
  readonly rate: { readonly count: number } & (
    | { readonly determined: true; readonly per1000: number; readonly interval: readonly [number, number] }
    | { readonly determined: false; readonly reason: string }
  );
}

/** One measured curve. */
export interface Curve {
  /** What tells it apart in the legend: a run, a seed. */
  readonly label: string;
  readonly steps: Float64Array;
  readonly values: Float64Array;
}
