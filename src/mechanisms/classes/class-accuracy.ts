import { InputError } from '../../errors/input-error.ts';
import { wilsonInterval } from '../../numerics/wilson-interval.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { MeasuredValue } from '../measured-value.ts';
import { checkLabeled, classCounts, type LabeledActivations } from '../units/labeled-activations.ts';

/** What a network answers on labeled examples. */
export interface Answers {
  /** Share of examples whose logit is largest in their own class, 0 to 1; equal logits count as the first class. */
  readonly accuracy: MeasuredValue;
  /** Mean cross-entropy, nats. */
  readonly loss: Determined;
  /** The same by class; undetermined for a class without examples. */
  readonly byClass: readonly { readonly accuracy: MeasuredValue; readonly loss: Determined }[];
}

/**
 * Accuracy and cross-entropy, in all and per class.
 *
 * @param logits `matrix` is `[examples, classes]`.
 * @throws InputError if the logits are not one per class, not finite, or the labels do not fit.
 * @example
 * const matrix = { data: Float64Array.of(2, 0, 1, 3), rows: 2, columns: 2 };
 * answersOf({ matrix, labels: [0, 0], classes: 2 }).accuracy.value // 0.5
 */
export function answersOf(logits: LabeledActivations): Answers {
  checkLabeled(logits);
  const { matrix, labels, classes } = logits;
  if (matrix.columns !== classes) {
    throw new InputError({ field: 'logits', value: matrix.columns, allowed: `${classes}, one per class` });
  }
  const counts = classCounts(logits);
  const right = new Int32Array(classes);
  const losses = new Float64Array(classes);
  for (let row = 0; row < matrix.rows; row++) {
    const own = matrix.data.subarray(row * classes, (row + 1) * classes);
    const largest = Math.max(...own);
    if (own.indexOf(largest) === labels[row]) right[labels[row]]++;
    let total = 0;
    for (const logit of own) total += Math.exp(logit - largest);
    losses[labels[row]] += Math.log(total) + largest - own[labels[row]];
  }
  const shareOf = (hits: number, count: number, whose: string): MeasuredValue =>
    count === 0
      ? undetermined(`${whose} has no example in the probe`)
      : { determined: true, value: hits / count, interval: wilsonInterval(hits, count), chance: 1 / classes };
  const lossOf = (loss: number, count: number, whose: string): Determined =>
    count === 0 ? undetermined(`${whose} has no example in the probe`) : determined(loss / count);
  const sum = (values: Int32Array | Float64Array): number => {
    let total = 0;
    for (const value of values) total += value;
    return total;
  };
  return {
    accuracy: shareOf(sum(right), matrix.rows, 'the network'),
    loss: lossOf(sum(losses), matrix.rows, 'the network'),
    byClass: Array.from(counts, (count, label) => ({
      accuracy: shareOf(right[label], count, `class ${label}`),
      loss: lossOf(losses[label], count, `class ${label}`),
    })),
  };
}
