import { InputError } from '../../errors/input-error.ts';
import { permutation, type Random } from '../../numerics/random.ts';

/** What stands in for the outputs of a part that is taken out. */
export const replacements = {
  /** Nothing: 0, which the network may never have seen there. */
  zero: 'zero',
  /** Its mean over the examples, position by position: what it puts out whatever it is shown. */
  mean: 'mean',
  /** What it puts out for another example, drawn at random: as usual, but about something else. */
  resample: 'resample',
} as const;

export type Replacement = keyof typeof replacements;

/** What the parts of one place put out on the probe examples. */
export interface PlaceOutputs {
  /** Row-major `[examples, positions, features]`; a place without positions has one. */
  readonly data: Float32Array;
  readonly examples: number;
  /** Each part has features / parts of them, one part after another. */
  readonly features: number;
  readonly parts: number;
}

/**
 * Whose outputs each example gets under `resample`: no example its own, each one's once.
 *
 * @throws InputError with fewer than two examples.
 * @example
 * [...donors(2, createRandom(1))] // [1, 0]
 */
export function donors(examples: number, random: Random): Uint32Array {
  if (examples < 2) {
    throw new InputError({
      field: 'examples',
      value: examples,
      allowed: 'at least 2: one gets the outputs of another',
    });
  }
  const order = permutation(examples, random);
  const donor = new Uint32Array(examples);
  order.forEach((example, i) => {
    donor[example] = order[(i + 1) % examples];
  });
  return donor;
}

/**
 * The outputs of a place with one of its parts replaced.
 *
 * @param donor as `donors` gives it; used by `resample` alone.
 * @returns null where the replacement is what the part puts out already, so that nothing would be taken out.
 * Source: zero and mean ablation: Morcos et al. 2018, *On the importance of single directions for generalization*; resampling: Chan et al.
 *   2022, *Causal scrubbing*.
 * @example
 * const outputs = { data: Float32Array.of(1, 2, 3, 4), examples: 2, features: 2, parts: 2 };
 * replacePart(outputs, 1, 'mean', Uint32Array.of(1, 0)) // Float32Array [1, 3, 3, 3]
 */
export function replacePart(
  { data, examples, features, parts }: PlaceOutputs,
  part: number,
  replacement: Replacement,
  donor: Uint32Array,
): Float32Array | null {
  const perExample = data.length / examples;
  const width = features / parts;
  const replaced = data.slice();
  let isSame = true;
  for (let start = part * width; start < perExample; start += features) {
    for (let at = start; at < start + width; at++) {
      let mean = 0;
      if (replacement === 'mean') {
        for (let example = 0; example < examples; example++)
          mean += data[example * perExample + at] / examples;
      }
      for (let example = 0; example < examples; example++) {
        const place = example * perExample + at;
        const value = replacement === 'resample' ? data[donor[example] * perExample + at] : mean;
        replaced[place] = value;
        isSame &&= Math.abs(replaced[place] - data[place]) <= 1e-6 * Math.abs(data[place]);
      }
    }
  }
  return isSame ? null : replaced;
}
