import { createRandom, type Random } from '../../numerics/random.ts';
import type { Dataset } from '../types.ts';
import { type Checkerboard, checkerboard } from './checkerboard.ts';
import { type GaussianClasses, gaussianClasses } from './gaussian-classes.ts';
import { type LinearTeacher, linearTeacher } from './linear-teacher.ts';
import { type MarkovChains, markovChains } from './markov-chains.ts';
import { type ModularAddition, modularAddition } from './modular-addition.ts';
import { type RepeatedTokens, repeatedTokens } from './repeated-tokens.ts';
import { type SmallDigits, smallDigits } from './small-digits.ts';
import { type SparseFeatures, sparseFeatures } from './sparse-features.ts';
import type { SyntheticKind, SyntheticShape } from './types.ts';

/** Data that the program draws, as a study file describes them. */
export type SyntheticData = (
  | LinearTeacher
  | ModularAddition
  | GaussianClasses
  | Checkerboard
  | MarkovChains
  | RepeatedTokens
  | SparseFeatures
  | SmallDigits
) & {
  /** Equal seeds give equal data. */
  readonly seed: number;
};

/** Every kind by the name that study files give it. */
export const syntheticKinds: { readonly [K in SyntheticData['kind']]: SyntheticKind<never> } = {
  linear_teacher: linearTeacher,
  modular_addition: modularAddition,
  gaussian_classes: gaussianClasses,
  checkerboard,
  markov_chains: markovChains,
  repeated_tokens: repeatedTokens,
  sparse_features: sparseFeatures,
  small_digits: smallDigits,
};

/** The shape of synthetic data, without drawing them. */
export function syntheticShape(data: SyntheticData): SyntheticShape {
  return syntheticKinds[data.kind].shape(data as never);
}

/**
 * Draws synthetic data: the whole population, of which runs take their examples.
 *
 * @param name what to call it.
 * @example
 * drawSynthetic('sums', { kind: 'modular_addition', modulus: 59, encoding: 'tokens', seed: 0 }).count; // 3481
 */
export function drawSynthetic(name: string, data: SyntheticData): Dataset {
  return { name, ...syntheticKinds[data.kind].draw(data as never, syntheticRandom(data)) };
}

/** The generator of everything that is random about synthetic data. */
export function syntheticRandom({ kind, seed }: SyntheticData): Random {
  return createRandom(seed).fork(kind);
}
