import type { Nonlinearity } from './nonlinearity.ts';

/** What a layer computes; the names of `measurements`' layer kinds, and `attention-head`. */
export type LayerKind =
  | 'linear'
  | 'convolution'
  | 'embedding'
  | 'attention-head'
  | 'attention-output'
  | 'feed-forward-in'
  | 'feed-forward-out'
  | 'input-projection'
  | 'classifier';

/** A layer whose output can be measured. */
export interface ModelLayer {
  /** PyTorch's module name, e.g. `network.0`. */
  readonly name: string;
  readonly kind: LayerKind;
  /** Position in the network's order, from 0 at the input. */
  readonly depth: number;
  /** One example's output: `[units]`, or `[positions, features]` where the layer works at several positions. */
  readonly outputShape: readonly number[];
  /** What is applied to the output before the next layer sees it; null where nothing is. */
  readonly nonlinearity: Nonlinearity | null;
  /** Measured unless the caller names layers: the published set, the output of every Linear and Conv2d module. */
  readonly standard: boolean;
  /** How the published study made one row per example of it. */
  readonly publishedPooling: Pooling;
  /** Columns after the published pooling. */
  readonly features: number;
  /** The published pooling in words, e.g. `batch × units`. */
  readonly pooling: string;
}

/** Which of a layer's outputs is meant: what it computes, or what its nonlinearity (if it has one) makes of that. */
export type OutputStage = 'before-nonlinearity' | 'after-nonlinearity';

/**
 * How a layer's `[batch, positions, features]` becomes a matrix. A layer without positions is `[batch, units]` under any.
 * - `position-mean`: mean over positions, `[batch, features]`
 * - `feature-mean`: mean over features, `[batch, positions]`
 * - `positions-as-rows`: `[batch · positions, features]`
 * - `none`: left as it is
 */
export type Pooling = 'position-mean' | 'feature-mean' | 'positions-as-rows' | 'none';
