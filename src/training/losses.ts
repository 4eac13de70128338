import { crossEntropy } from '../autodiff/operators/softmax.ts';
import { squaredError } from '../autodiff/operators/squared-error.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';

/** What a training makes small. */
export interface Loss {
  readonly name: string;
  /** Unit of its value, for axes. */
  readonly unit: string;
  /** What stands at an example's class in the targets of a batch of n examples that count; 0 stands elsewhere. */
  readonly target: (n: number) => number;
  /**
   * The mean over the examples that count: rows of zeros in `targets` count for nothing.
   * @param outputs `[batch, classes]`.
   * @param targets `[batch, classes]`.
   */
  readonly of: (outputs: Tensor, targets: Tensor) => Tensor;
  /** The same of a single example, in float64. */
  readonly ofExample: (outputs: ArrayLike<number>, label: number) => number;
}

/** Every loss by name. */
export const losses = {
  'cross-entropy': {
    name: 'cross-entropy',
    unit: 'nats',
    target: (n) => 1 / n,
    of: crossEntropy,
    ofExample: (outputs, label) => {
      const values = Array.from(outputs);
      const largest = Math.max(...values);
      return (
        largest - values[label] + Math.log(values.reduce((total, z) => total + Math.exp(z - largest), 0))
      );
    },
  },
  /** Mean over examples and classes of (output − target)², the target 1 at the class and 0 elsewhere, as PyTorch's MSELoss. */
  'squared-error': {
    name: 'squared-error',
    unit: 'squared error',
    target: (n) => Math.sqrt(1 / n),
    of: squaredError,
    ofExample: (outputs, label) =>
      Array.from(outputs, (z, c) => (z - Number(c === label)) ** 2).reduce((a, b) => a + b, 0) /
      outputs.length,
  },
} as const satisfies Readonly<Record<string, Loss>>;

export type LossName = keyof typeof losses;

export const lossNames = Object.keys(losses) as readonly LossName[];

/** @throws InputError if there is none of that name. */
export function lossNamed(name: string): Loss {
  if (!Object.hasOwn(losses, name)) {
    throw new InputError({ field: 'loss', value: name, allowed: oneOf(name, lossNames) });
  }
  return losses[name as LossName];
}
