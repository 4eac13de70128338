import { sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import type { OutputStage, Pooling } from '../models/layer.ts';
import type { Model } from '../models/model.ts';
import { openChunkedForward } from './chunked-forward.ts';
import { type Loss, losses } from './losses.ts';
import type { NamedTensors } from './training-state.ts';

export interface ProbeOptions {
  /** How many examples are measured at once. */
  readonly count: number;
  /** Names of the layers to measure; the model's standard ones if absent. */
  readonly layers?: readonly string[];
  /** How a layer with positions becomes a matrix; `published` if absent. */
  readonly pooling?: Pooling | 'published';
  /** Outputs before or after the nonlinearity; before it if absent. */
  readonly stage?: OutputStage;
  /** Whether to read attention probabilities; false if absent. */
  readonly attention?: boolean;
  /** Threads of ONNX Runtime inside one operator; 1 if absent. */
  readonly threads?: number;
  /** What `evaluate` gives the mean of; cross-entropy if absent. */
  readonly loss?: Loss;
}

/** A layer's output on the probed examples, `[rows, columns]` in row-major order (more axes with pooling `none`). */
export interface Activation {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

export interface Reading {
  readonly logits: Activation;
  /** By layer name, in network order. */
  readonly activations: ReadonlyMap<string, Activation>;
  /** By attention module name, `[examples, heads, tokens, tokens]`, rows summing to 1; empty unless asked for. */
  readonly attention: ReadonlyMap<string, Activation>;
}

export interface Evaluation {
  /** Share of answers that are right, 0 to 1. */
  readonly accuracy: number;
  /** Mean over the answers, in the loss's unit. */
  readonly loss: number;
  /** Answers: as many as examples, or as labels where an example has several. */
  readonly examples: number;
  /** Accuracy among the examples of each class; null for a class without any. */
  readonly perClass: readonly (number | null)[];
}

/** A network in measuring mode, for whatever weights are brought to it: they are copied, and may change at once. */
export interface Probe {
  /**
   * Measures every chosen layer.
   * @param inputs `[count, ...exampleShape]`.
   */
  read(parameters: NamedTensors, inputs: Float32Array): Promise<Reading>;
  /** Classifies a whole data set of any size; of classes, not of numbers. */
  evaluate(parameters: NamedTensors, data: Dataset): Promise<Evaluation>;
  close(): Promise<void>;
}

/**
 * Opens a network for measuring: eval mode, no dropout, no gradient.
 *
 * @throws InputError for an unknown layer name or a count that is no positive integer.
 * @example
 * const probe = await openProbe(model, { count: 160 });
 * const { activations } = await probe.read(state.parameters, held.inputs.subarray(0, 160 * 784));
 * await probe.close();
 */
export async function openProbe(model: Model, options: ProbeOptions): Promise<Probe> {
  const { count, layers, pooling = 'published', attention = false, threads = 1 } = options;
  const { stage = 'before-nonlinearity', loss: objective = losses['cross-entropy'] } = options;
  if (!Number.isInteger(count) || count < 1) {
    throw new InputError({ field: 'probe.count', value: count, allowed: 'a positive integer' });
  }
  const chosen = layers ?? model.layers.filter(({ standard }) => standard).map(({ name }) => name);
  assertLayers(model, chosen);
  const choice = { layers: chosen, pooling, stage, attention };
  const forward = await openChunkedForward(model, count, choice, threads);
  const exampleSize = sizeOf(model.exampleShape);

  return {
    read: async (parameters, inputs) => {
      const outputs = (await forward.at(parameters)(inputs, count)) as ReadonlyMap<string, Activation>;
      return {
        logits: outputs.get('logits')!,
        activations: withPrefix(outputs, 'layer.'),
        attention: withPrefix(outputs, 'attention.'),
      };
    },
    evaluate: async (parameters, data) => {
      const pass = forward.at(parameters);
      const { labelsPerExample: answers = 1 } = data;
      const correct = new Uint32Array(model.classes);
      const asked = new Uint32Array(model.classes);
      let loss = 0;
      for (let from = 0; from < data.count; from += forward.chunk) {
        const examples = Math.min(forward.chunk, data.count - from);
        const inputs = data.inputs.subarray(from * exampleSize, (from + examples) * exampleSize);
        const logits = (await pass(inputs, examples)).get('logits')!.data;
        for (let i = 0; i < examples * answers; i++) {
          const row = logits.subarray(i * model.classes, (i + 1) * model.classes);
          const label = data.labels[from * answers + i];
          asked[label]++;
          if (row.indexOf(Math.max(...row)) === label) correct[label]++;
          loss += objective.ofExample(row, label);
        }
      }
      return {
        accuracy: correct.reduce((sum, count) => sum + count, 0) / (data.count * answers),
        loss: loss / (data.count * answers),
        examples: data.count * answers,
        perClass: Array.from(correct, (count, label) => (asked[label] === 0 ? null : count / asked[label])),
      };
    },
    close: () => forward.close(),
  };
}

function assertLayers(model: Model, names: readonly string[]): void {
  const known = model.layers.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name))
      throw new InputError({ field: 'layers', value: name, allowed: known.join(', ') });
  }
}

function withPrefix(outputs: ReadonlyMap<string, Activation>, prefix: string): Map<string, Activation> {
  return new Map(
    [...outputs].flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}
