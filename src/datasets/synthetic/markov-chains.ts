import type { Random } from '../../numerics/random.ts';
import type { SyntheticKind } from './types.ts';

/** Sequences of Markov chains, each of its own (Edelman et al. 2024): how it goes on is told by its own past alone. */
export interface MarkovChains {
  readonly kind: 'markov_chains';
  readonly symbols: number;
  /** Symbols that a network sees of a sequence; after each of them it is to tell the next. */
  readonly length: number;
  readonly count: number;
}

/**
 * Every row of a chain's transition matrix is uniform on the simplex, Dirichlet(1, …, 1); the first symbol comes from the
 * chain's stationary law. Labels are the symbols that come next.
 */
export const markovChains: SyntheticKind<MarkovChains> = {
  shape: ({ symbols, length, count }) => ({
    exampleShape: [length],
    classes: symbols,
    count,
    vocabulary: symbols,
    labelsPerExample: length,
    isRegression: false,
  }),
  draw: ({ symbols, length, count }, random) => {
    const inputs = new Float32Array(count * length);
    const labels = new Uint8Array(count * length);
    for (let i = 0; i < count; i++) {
      const chain = transitions(symbols, random);
      let symbol = drawFrom(stationaryLaw(chain, symbols), 0, symbols, random);
      for (let t = 0; t < length; t++) {
        inputs[i * length + t] = symbol;
        symbol = drawFrom(chain, symbol * symbols, symbols, random);
        labels[i * length + t] = symbol;
      }
    }
    return { inputs, labels, exampleShape: [length], classes: symbols, count, labelsPerExample: length };
  },
};

/** Rows of normalized exponentials are uniform on the simplex. */
function transitions(symbols: number, random: Random): Float64Array {
  const chain = new Float64Array(symbols * symbols);
  for (let row = 0; row < symbols; row++) {
    let total = 0;
    for (let k = 0; k < symbols; k++) total += chain[row * symbols + k] = -Math.log(1 - random.uniform());
    for (let k = 0; k < symbols; k++) chain[row * symbols + k] /= total;
  }
  return chain;
}

/** The probabilities that the chain leaves as they are, by squaring its matrix until all rows agree. */
export function stationaryLaw(chain: Float64Array, symbols: number): Float64Array {
  let power = chain;
  for (let squared = 0; squared < 40; squared++) {
    const next = new Float64Array(power.length);
    for (let i = 0; i < symbols; i++) {
      for (let k = 0; k < symbols; k++) {
        for (let j = 0; j < symbols; j++) {
          next[i * symbols + j] += power[i * symbols + k] * power[k * symbols + j];
        }
      }
    }
    power = next;
  }
  return power.subarray(0, symbols);
}

/** An index drawn by the probabilities from `offset` on. */
function drawFrom(probabilities: Float64Array, offset: number, count: number, random: Random): number {
  let rest = random.uniform();
  for (let k = 0; k < count - 1; k++) {
    rest -= probabilities[offset + k];
    if (rest < 0) return k;
  }
  return count - 1;
}
