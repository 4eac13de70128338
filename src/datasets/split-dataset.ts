import { InputError } from '../errors/input-error.ts';
import { permutation, type Random } from '../numerics/random.ts';
import { takeExamples } from './take-examples.ts';
import type { Dataset } from './types.ts';

export interface SplitOptions {
  /** How many examples to train on. */
  readonly train: number;
  /** How many to hold back. */
  readonly validation: number;
  readonly rng: Random;
}

/** Examples drawn from a data set; `ids` are their positions in it, in the order drawn. */
export interface DrawnExamples {
  readonly ids: Uint32Array;
  readonly data: Dataset;
}

/**
 * Draws two disjoint sets of examples at random, every choice equally likely.
 *
 * @throws InputError where the data set is too small for both.
 * @example
 * const { train, validation } = splitDataset(digits, { train: 1500, validation: 160, rng: createRandom(1) });
 */
export function splitDataset(
  dataset: Dataset,
  { train, validation, rng }: SplitOptions,
): { train: DrawnExamples; validation: DrawnExamples } {
  if (train + validation > dataset.count)
    throw new InputError({
      field: `examples of ${dataset.name}`,
      value: `${train} to train on and ${validation} to hold back`,
      allowed: `${dataset.count} in all`,
    });
  const order = permutation(dataset.count, rng);
  const draw = (from: number, to: number): DrawnExamples => {
    const ids = order.slice(from, to);
    return { ids, data: takeExamples(dataset, ids) };
  };
  return { train: draw(0, train), validation: draw(train, train + validation) };
}
