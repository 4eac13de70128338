import { crossEntropy } from '../autodiff/operators/softmax.ts';
import { halfSquaredError, meanSquaredError } from '../autodiff/operators/squared-error.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';

/** What a training makes small. */
export interface Loss {
  readonly name: string;
  /** Unit of its value, for axes. */
  readonly unit: string;
  /** What each of n answers that count weighs: it stands at its class in the targets of a batch, and 0 elsewhere. */
  readonly target: (n: number) => number;
  /** Whether it takes numbers for targets, with `weights` beside them; if not, classes alone. */
  readonly takesNumbers: boolean;
  /**
   * The mean over the examples that count: rows of zeros in `targets` count for nothing.
   * @param outputs `[batch, classes]`, or `[batch, positions, classes]`.
   * @param targets shaped as the outputs.
   * @param weights shaped as the outputs, what the targets were multiplied by; read by losses that take numbers.
   */
  readonly of: (outputs: Tensor, targets: Tensor, weights: Tensor) => Tensor;
  /** The same of a single answer, in float64. */
  readonly ofExample: (outputs: ArrayLike<number>, label: number) => number;
}

/** Every loss by name. */
export const losses = {
  'cross-entropy': {
    name: 'cross-entropy',
    unit: 'nats',
    target: (n) => 1 / n,
    takesNumbers: false,
    of: (outputs, targets) => crossEntropy(outputs, targets),
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
    takesNumbers: true,
    of: meanSquaredError,
    ofExample: (outputs, label) => squaredDistance(outputs, label) / outputs.length,
  },
  /** Mean over examples of half the squared distance, as theory writes it; the learning rate means what it means there. */
  'half-squared-error': {
    name: 'half-squared-error',
    unit: 'half squared error',
    target: (n) => Math.sqrt(1 / n),
    takesNumbers: true,
    of: halfSquaredError,
    ofExample: (outputs, label) => squaredDistance(outputs, label) / 2,
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

function squaredDistance(outputs: ArrayLike<number>, label: number): number {
  return Array.from(outputs, (z, c) => (z - Number(c === label)) ** 2).reduce((a, b) => a + b, 0);
}
