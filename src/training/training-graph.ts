import { encodeOnnx, type Precision } from '../autodiff/encode-onnx.ts';
import { gradients, hessianProducts } from '../autodiff/gradients.ts';
import { expand } from '../autodiff/operators/broadcasting.ts';
import { dropout } from '../autodiff/operators/dropout.ts';
import { keptValue } from '../autodiff/optimizers/dropout-mask.ts';
import { constant, input, type Tensor } from '../autodiff/tensor.ts';
import type { Model } from '../models/model.ts';
import { type Loss, losses } from './losses.ts';

/** One training step without the optimizer, as an ONNX graph. */
export interface TrainingGraph {
  readonly bytes: Uint8Array;
  /** Inputs `dropout.N` to be filled with 0 (at the given rate) and 1/(1 − rate) before every step. */
  readonly dropoutMasks: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly rate: number;
  }[];
}

export interface TrainingGraphOptions {
  /** float32 if absent. */
  readonly precision?: Precision;
  /** Whether dropout is at work; true if absent. */
  readonly drops?: boolean;
  /** Cross-entropy if absent. */
  readonly loss?: Loss;
}

/**
 * Builds the graph that goes forward and backward over one batch.
 *
 * Inputs: `x` `[batch, ...exampleShape]`; `targets` `[batch, classes]`, as the loss wants them (see `Loss.target`); the parameters under their names; the dropout masks. Outputs: `loss` (a scalar, the mean over the examples that count),
 * `logits`, and for each parameter `gradient.<name>`.
 */
export function trainingGraph(
  model: Model,
  batch: number,
  { precision = 'float32', ...options }: TrainingGraphOptions = {},
): TrainingGraph {
  const { inputs, parameters, masks, logits, loss } = lossGraph(model, batch, options);
  const names = [...parameters.keys()];
  const parameterGradients = gradients(loss, [...parameters.values()]);
  const outputs = new Map<string, Tensor>([
    ['loss', loss],
    ['logits', logits],
    ...names.map((name, i): [string, Tensor] => [`gradient.${name}`, parameterGradients[i]]),
  ]);
  return {
    bytes: encodeOnnx(inputs, outputs, precision),
    dropoutMasks: masks.map(({ name, shape, rate }) => ({ name, shape, rate })),
  };
}

/**
 * Builds the graph that multiplies the Hessian of the mean loss over one batch by a vector, in float64 and without dropout.
 *
 * Inputs: as of a training graph, and for each parameter `vector.<name>`. Outputs: for each parameter `product.<name>`, zeros
 * where nothing bends.
 */
export function hessianGraph(
  model: Model,
  batch: number,
  { loss: objective }: Pick<TrainingGraphOptions, 'loss'> = {},
): Uint8Array {
  const { inputs, parameters, loss } = lossGraph(model, batch, { drops: false, loss: objective });
  const targets = [...parameters.values()];
  const vectors = model.parameters.map(({ name, shape }) => input(`vector.${name}`, shape));
  const products = hessianProducts(gradients(loss, targets), targets, vectors);
  const outputs = model.parameters.map(({ name, shape }, i): [string, Tensor] => [
    `product.${name}`,
    products[i] ?? expand(constant(0), shape),
  ]);
  return encodeOnnx([...inputs, ...vectors], new Map(outputs), 'float64');
}

/** The way forward over one batch to the loss. */
function lossGraph(
  model: Model,
  batch: number,
  { drops = true, loss: objective = losses['cross-entropy'] }: Omit<TrainingGraphOptions, 'precision'>,
) {
  const x = input('x', [batch, ...model.exampleShape]);
  const targets = input('targets', [batch, model.classes]);
  const parameters = new Map(model.parameters.map(({ name, shape }) => [name, input(name, shape)]));
  const masks: { tensor: Tensor; name: string; shape: readonly number[]; rate: number }[] = [];
  const { logits } = model.forward(x, {
    parameter: (name) => parameters.get(name)!,
    dropout: (tensor, rate) => {
      if (rate === 0 || !drops) return tensor;
      const name = `dropout.${masks.length}`;
      const mask = input(name, tensor.shape);
      masks.push({ tensor: mask, name, shape: tensor.shape, rate });
      return dropout(tensor, mask, keptValue(rate));
    },
    everyPosition: false,
  });
  const inputs = [x, targets, ...parameters.values(), ...masks.map(({ tensor }) => tensor)];
  return { inputs, parameters, masks, logits, loss: objective.of(logits, targets) };
}
