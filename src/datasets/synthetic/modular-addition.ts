import type { SyntheticKind } from './types.ts';

/** All pairs of numbers below a modulus, with their sum modulo it (Power et al. 2022). */
export interface ModularAddition {
  readonly kind: 'modular_addition';
  readonly modulus: number;
  /** `tokens`: two ids; `one-hot`: two vectors, one after the other, each with a single 1. */
  readonly encoding: 'tokens' | 'one-hot';
}

/** Pair number a · modulus + b holds a and b; its class is (a + b) mod modulus. */
export const modularAddition: SyntheticKind<ModularAddition> = {
  shape: ({ modulus, encoding }) => ({
    exampleShape: [encoding === 'tokens' ? 2 : 2 * modulus],
    classes: modulus,
    count: modulus ** 2,
    vocabulary: encoding === 'tokens' ? modulus : null,
    labelsPerExample: 1,
    isRegression: false,
  }),
  draw: (description) => {
    const { modulus, encoding } = description;
    const { exampleShape, classes, count } = modularAddition.shape(description);
    const inputs = new Float32Array(count * exampleShape[0]);
    const labels = new Uint8Array(count);
    for (let pair = 0; pair < count; pair++) {
      const [a, b] = [Math.floor(pair / modulus), pair % modulus];
      labels[pair] = (a + b) % modulus;
      if (encoding === 'tokens') inputs.set([a, b], 2 * pair);
      else {
        inputs[pair * 2 * modulus + a] = 1;
        inputs[pair * 2 * modulus + modulus + b] = 1;
      }
    }
    return { inputs, labels, exampleShape, classes, count };
  },
};
