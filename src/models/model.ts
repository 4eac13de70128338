import type { Tensor } from '../autodiff/tensor.ts';
import type { Intercept } from './intercept.ts';
import type { ModelLayer } from './layer.ts';
import type { Parameter } from './parameter.ts';

export type { LayerKind, ModelLayer, OutputStage, Pooling } from './layer.ts';
export type { Parameter } from './parameter.ts';

export type Family = 'mlp' | 'cnn' | 'transformer' | 'decoder' | 'autoencoder';

/** A network: its parameters, the layers that can be measured, and the graph that computes it. */
export interface Model {
  readonly name: string;
  readonly family: Family;
  readonly exampleShape: readonly number[];
  readonly classes: number;
  /** Of one example's logits: `[classes]`, or `[positions, classes]` where there is an answer at every position. */
  readonly outputShape: readonly number[];
  /** If the inputs are ids of words: how many words there are. null for inputs that are quantities. */
  readonly vocabulary: number | null;
  /** In PyTorch's order and under its names. */
  readonly parameters: readonly Parameter[];
  /** Elements of all parameters. */
  readonly parameterCount: number;
  /** In network order. */
  readonly layers: readonly ModelLayer[];
  /** Builds the network's graph over a batch `[batch, ...exampleShape]`. */
  forward(x: Tensor, context: ForwardContext): Forward;
}

/** What a graph is built for. */
export interface ForwardContext {
  parameter(name: string): Tensor;
  /** Drops elements at the given rate while training; returns x itself while measuring. */
  dropout(x: Tensor, rate: number): Tensor;
  /** Whether outputs must hold every position; if not, positions that the logits do not need may be left out. */
  readonly everyPosition: boolean;
  /** Absent: nothing is replaced. */
  readonly intercept?: Intercept;
}

export interface Forward {
  /** `[batch, ...outputShape]`. */
  readonly logits: Tensor;
  /** By layer name, `[batch, units]` or `[batch, positions, features]`; before the nonlinearity. */
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** The same after the nonlinearity, for exactly those layers that one follows. */
  readonly activated: ReadonlyMap<string, Tensor>;
  /** Means over all positions, `[batch, features]`, of layers where they can be had without every position. */
  readonly positionMeans?: ReadonlyMap<string, Tensor>;
  /** Attention probabilities `[batch, heads, tokens, tokens]` by attention module name; each row sums to 1. */
  readonly attention: ReadonlyMap<string, Tensor>;
}
