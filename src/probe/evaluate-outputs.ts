import { InputError } from '../errors/input-error.ts';
import type { Evaluation } from '../measurements/types.ts';
import type { ModelTensor } from '../training/session-model.ts';
import type { Captured } from './capture-checkpoint.ts';

/**
 * Accuracy and mean cross-entropy of logits: of the output that is asked for, else the model's only one of shape
 * [examples, classes], or among several the one that is named `logits`.
 *
 * @throws InputError where no output has that shape, several have it, or a label is no class.
 */
export function evaluateOutputs(
  step: number,
  { outputs }: Pick<Captured, 'outputs'>,
  labels: ArrayLike<number>,
  examples: number,
  asked: string | null = null,
): Evaluation {
  const name = logitsOf(outputs[0], asked);
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

/**
 * The name of the output that answers which class an example is of; see `evaluateOutputs`.
 *
 * @throws InputError where there is none, or several.
 */
export function logitsOf(outputs: ReadonlyMap<string, ModelTensor>, asked: string | null): string {
  const fitting = [...outputs.keys()].filter((key) => outputs.get(key)!.shape.length === 2);
  const named = asked ?? (fitting.includes('logits') ? 'logits' : fitting.length === 1 ? fitting[0] : null);
  if (named !== null && fitting.includes(named)) return named;
  const shapes = [...outputs].map(([key, { shape }]) => `${key} [${shape}]`).join(', ');
  throw new InputError({
    field: asked === null ? 'labels' : 'logits',
    value: asked ?? shapes,
    allowed:
      fitting.length === 0
        ? 'a model with an output [examples, classes]'
        : `--logits with one of ${fitting.join(', ')}, the model's outputs of that shape`,
  });
}
