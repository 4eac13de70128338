import type { SyntheticKind } from './types.ts';

/** Random tokens, and the same again (Olsson et al. 2022): the second half can be told, the first cannot. */
export interface RepeatedTokens {
  readonly kind: 'repeated_tokens';
  readonly symbols: number;
  /** Tokens before they come again. */
  readonly half: number;
  readonly count: number;
}

/** An example holds all but the last of its 2 · `half` tokens; labels are the tokens that come next. */
export const repeatedTokens: SyntheticKind<RepeatedTokens> = {
  shape: ({ symbols, half, count }) => ({
    exampleShape: [2 * half - 1],
    classes: symbols,
    count,
    vocabulary: symbols,
    labelsPerExample: 2 * half - 1,
    isRegression: false,
  }),
  draw: ({ symbols, half, count }, random) => {
    const length = 2 * half - 1;
    const inputs = new Float32Array(count * length);
    const labels = new Uint8Array(count * length);
    for (let i = 0; i < count; i++) {
      const tokens = Array.from({ length: half }, () => random.integer(symbols));
      for (let t = 0; t < length; t++) {
        inputs[i * length + t] = tokens[t % half];
        labels[i * length + t] = tokens[(t + 1) % half];
      }
    }
    return { inputs, labels, exampleShape: [length], classes: symbols, count, labelsPerExample: length };
  },
};
