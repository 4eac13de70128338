import type { InitialWeights } from './initial-weights.ts';
import type { NonlinearityName } from './nonlinearity.ts';

/** A stack of linear layers with a nonlinearity between them. */
export interface MlpArchitecture {
  readonly family: 'mlp';
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  /** ReLU if absent. */
  readonly nonlinearity?: NonlinearityName;
  /** Share of elements dropped after every nonlinearity in training; none if absent. */
  readonly dropout?: number;
  /** Whether linear layers have biases; true if absent. */
  readonly bias?: boolean;
  /** PyTorch's default if absent. */
  readonly initial?: InitialWeights;
  /** For examples that are words: the width of the vectors that they become, one after another. */
  readonly embedding?: number;
  /** Stacks side by side, each with an equal piece of the input, whose outputs are added up; 1 if absent. */
  readonly paths?: number;
}

/** f(Wᵀ W x + b): what can be given back of x through fewer units. */
export interface AutoencoderArchitecture {
  readonly family: 'autoencoder';
  readonly hidden: number;
  /** Of the output; ReLU if absent. */
  readonly nonlinearity?: NonlinearityName;
  /** PyTorch's default if absent. */
  readonly initial?: Exclude<InitialWeights, { aligned: unknown }>;
}

/** Stages of 3×3 convolution, ReLU and 2×2 max-pooling, then a linear classifier. */
export interface CnnArchitecture {
  readonly family: 'cnn';
  /** Output channels of each stage. */
  readonly channels: readonly number[];
  /** Share of elements dropped before the classifier in training; none if absent. */
  readonly dropout?: number;
}

/** A transformer encoder over equal pieces of the example, then a linear classifier on the mean token. */
export interface TransformerArchitecture {
  readonly family: 'transformer';
  /** Features of a token; a multiple of `heads`. */
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  /** Share of elements dropped in training; 0.1 if absent. */
  readonly dropout?: number;
  /**
   * If given, the example is a text: every number of it is the id of a word, 0 to `vocabulary` − 1, and becomes a token
   * by a learned vector. The published study fed ids as plain numbers instead, 13 and 14 almost the same word.
   */
  readonly vocabulary?: number;
}

/** A causal transformer over tokens: a language model, of any size and without whatever is left out. */
export interface DecoderArchitecture {
  readonly family: 'decoder';
  /** Features of a token; a multiple of `heads`. */
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  /** Units of the feed-forward part; 0 for attention alone, four times the width if absent. */
  readonly feedForward?: number;
  /** Of the feed-forward part; GELU if absent. */
  readonly nonlinearity?: NonlinearityName;
  /** Whether blocks normalize what they read; true if absent. */
  readonly layerNorm?: boolean;
  /** How attention knows places: a vector added to each token (if absent), turned queries and keys, a key for each distance, not at all. */
  readonly positions?: 'learned' | 'rotary' | 'relative' | 'none';
  /** Whether a linear layer mixes the heads; true if absent. */
  readonly outputProjection?: boolean;
  /** Whether linear layers have biases; true if absent. */
  readonly bias?: boolean;
  /** Whether the read-out is the embedding's own matrix; false if absent. */
  readonly tied?: boolean;
  /** Normal with deviation 0.02 if absent. */
  readonly initial?: Exclude<InitialWeights, { aligned: unknown }>;
  /** Deviation of the read-out at the start; as `initial` says if absent. */
  readonly readoutSd?: number;
  /** Deviation of learned positions and relative keys at the start; 0.02 if absent. */
  readonly positionSd?: number;
}

export type Architecture =
  | MlpArchitecture
  | CnnArchitecture
  | TransformerArchitecture
  | AutoencoderArchitecture
  | DecoderArchitecture;

/** The sixteen networks of the study *Neural Dimensionality Tracking* (Javihaus/ndt, 2025), under its names. */
export const architectures: Readonly<Record<string, Architecture>> = {
  mlp_shallow_2: mlp(128, 64),
  mlp_medium_5: mlp(64, 64, 64, 64, 32),
  mlp_deep_10: mlp(...Array(10).fill(32)),
  mlp_verydeep_15: mlp(...Array(15).fill(24)),
  mlp_narrow: mlp(32, 32, 32, 32),
  mlp_medium: mlp(128, 128, 64, 64),
  mlp_wide: mlp(256, 256, 128, 128),
  mlp_verywide: mlp(512, 512, 256, 256),
  cnn_shallow: cnn(32, 64),
  cnn_medium: cnn(32, 64, 128),
  cnn_deep: cnn(32, 64, 128, 256),
  transformer_shallow: transformer(128, 4, 2),
  transformer_medium: transformer(128, 4, 4),
  transformer_deep: transformer(128, 4, 6),
  transformer_narrow: transformer(64, 4, 4),
  transformer_wide: transformer(256, 8, 4),
};

function mlp(...hidden: number[]): MlpArchitecture {
  return { family: 'mlp', hidden };
}

function cnn(...channels: number[]): CnnArchitecture {
  return { family: 'cnn', channels };
}

function transformer(width: number, heads: number, blocks: number): TransformerArchitecture {
  return { family: 'transformer', width, heads, blocks };
}
