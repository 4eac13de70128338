import { InputError } from '../../errors/input-error.ts';
import type { Matrix } from '../../spectra/types.ts';

/** Activations of a layer, and the class of each row. */
export interface LabeledActivations {
  /** `[examples, units]`, finite. */
  readonly matrix: Matrix;
  /** Class of each example, 0 to classes − 1. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** @throws InputError if labels and rows do not belong together, or an activation is not finite. */
export function checkLabeled({ matrix, labels, classes }: LabeledActivations): void {
  if (labels.length !== matrix.rows) {
    throw new InputError({
      field: 'labels',
      value: labels.length,
      allowed: `${matrix.rows}, one for each row`,
    });
  }
  for (let row = 0; row < labels.length; row++) {
    if (!Number.isInteger(labels[row]) || labels[row] < 0 || labels[row] >= classes) {
      throw new InputError({ field: `labels[${row}]`, value: labels[row], allowed: `0 to ${classes - 1}` });
    }
  }
  const bad = matrix.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const place = `activation of unit ${bad % matrix.columns} on example ${Math.floor(bad / matrix.columns)}`;
    throw new InputError({ field: place, value: matrix.data[bad], allowed: 'finite numbers' });
  }
}

/** Examples of each class. */
export function classCounts({ labels, classes }: LabeledActivations): Int32Array {
  const counts = new Int32Array(classes);
  for (let row = 0; row < labels.length; row++) counts[labels[row]]++;
  return counts;
}

/** What is said where classes are missing. */
export const oneClass = 'fewer than two classes have examples in the probe';
