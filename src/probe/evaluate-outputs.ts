import { InputError } from '../errors/input-error.ts';
import type { Evaluation } from '../measurements/types.ts';
import type { Captured } from './capture-checkpoint.ts';

/**
 * Accuracy and mean cross-entropy of logits, the model's only output of shape [examples, classes].
 *
 * @throws InputError where no output has that shape, or a label is no class.
 */
export function evaluateOutputs(
  step: number,
  { outputs }: Pick<Captured, 'outputs'>,
  labels: ArrayLike<number>,
  examples: number,
): Evaluation {
  const name = [...outputs[0].keys()].find((key) => outputs[0].get(key)!.shape.length === 2);
  if (name === undefined) {
    const shapes = [...outputs[0]].map(([key, { shape }]) => `${key} [${shape}]`).join(', ');
    throw new InputError({
      field: 'labels',
      value: shapes,
      allowed: 'a model with an output [examples, classes]',
    });
  }
  let [right, loss, example] = [0, 0, 0];
  for (const output of outputs) {
    const { data, shape } = output.get(name)!;
    const [rows, classes] = shape;
    const logits = data as Float32Array;
    for (let r = 0; r < rows; r++, example++) {
      const label = labels[example];
      if (!(label >= 0 && label < classes && Number.isInteger(label))) {
        throw new InputError({
          field: `labels[${example}]`,
          value: label,
          allowed: `a class from 0 to ${classes - 1}`,
        });
      }
      let best = 0;
      for (let c = 1; c < classes; c++) if (logits[r * classes + c] > logits[r * classes + best]) best = c;
      if (best === label) right++;
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += Math.exp(logits[r * classes + c] - logits[r * classes + best]);
      loss += Math.log(sum) + logits[r * classes + best] - logits[r * classes + label];
    }
  }
  return { step, accuracy: right / examples, examples, loss: loss / examples };
}
