import { InputError } from '../errors/input-error.ts';
import type { Matrix } from '../spectra/types.ts';
import type { ModelTensor } from '../training/session-model.ts';
import { captureCheckpoint } from './capture-checkpoint.ts';
import { logitsOf } from './evaluate-outputs.ts';
import type { AttentionOutput } from './inside-captures.ts';
import type { Measuring, WeightTensor } from './measure-checkpoints.ts';
import type { CapturedLayer } from './pooled-layers.ts';
import type { ProbeOptions } from './probe-options.ts';

/** Attention probabilities as the graph gave them: row-major `[examples, heads, queries, keys]`. */
export interface ProbedAttention {
  readonly examples: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  readonly values: Float64Array;
}

/** What a network holds and puts out at one of its steps. */
export interface InsideReading {
  readonly step: number;
  /** By layer, `[examples, features]`, means over positions. */
  readonly activations: ReadonlyMap<string, Matrix>;
  /** By softmax node. */
  readonly attention: ReadonlyMap<string, ProbedAttention>;
  /** `[examples, classes]`; null without labels. */
  readonly logits: Matrix | null;
  /** Empty where each step is a model of its own: a graph does not say which way round it holds a matrix. */
  readonly weights: readonly WeightTensor[];
}

/**
 * Runs a prepared model at each of its steps and reads what is inside.
 *
 * @param attention softmaxes among the model's outputs; those that no heads, queries and keys can be told from are left out.
 * @throws InputError where labels are given and no output answers them.
 */
export async function* readInside(
  { models, layers, inputs, own }: Measuring,
  attention: readonly AttentionOutput[],
  options: ProbeOptions,
): AsyncGenerator<InsideReading> {
  const { examples } = inputs;
  for (const [index, { path, step, open, weights }] of models.entries()) {
    options.onCheckpoint?.(index, path);
    const session = await open();
    const maps = attention.map(({ output }) => output);
    const wanted = options.labels === null ? maps : [...own, ...maps];
    const { layers: captured, outputs } = await captureCheckpoint(session, layers, inputs, wanted);
    await session.close();
    const probabilities = attention.flatMap(({ name, output }) => {
      const found = attentionOf(
        outputs.map((run) => run.get(output)!),
        examples,
      );
      return found === null ? [] : [[name, found] as const];
    });
    yield {
      step,
      activations: new Map(layers.map(({ name }, i) => [name, matrixOf(captured[i])])),
      attention: new Map(probabilities),
      logits: options.labels === null ? null : logitsMatrix(outputs, examples, options.logits),
      weights: weights(),
    };
  }
  options.onCheckpoint?.(models.length, '');
}

const matrixOf = ({ data, rows, columns }: CapturedLayer): Matrix => ({ data, rows, columns });

/**
 * Joins what the runs put out. Heads stand on an axis of their own, or are merged with the examples, examples first.
 *
 * @returns null for any other shape.
 */
function attentionOf(runs: readonly ModelTensor[], examples: number): ProbedAttention | null {
  const [{ shape }] = runs;
  const [queries, keys] = shape.slice(-2);
  const rows = runs.reduce((sum, run) => sum + run.shape[0], 0);
  const merged = rows / examples;
  const heads = shape.length === 4 ? shape[1] : merged;
  if (!(shape.length === 3 || (shape.length === 4 && merged === 1)) || !Number.isInteger(heads)) return null;
  const values = new Float64Array(examples * heads * queries * keys);
  let at = 0;
  for (const { data } of runs) {
    values.set(data as Float32Array, at);
    at += data.length;
  }
  return at === values.length ? { examples, heads, queries, keys, values } : null;
}

function logitsMatrix(
  outputs: readonly ReadonlyMap<string, ModelTensor>[],
  rows: number,
  asked: string | null,
): Matrix {
  const name = logitsOf(outputs[0], asked);
  const columns = outputs[0].get(name)!.shape[1];
  const data = new Float64Array(rows * columns);
  let at = 0;
  for (const run of outputs) {
    const part = run.get(name)!.data as Float32Array;
    data.set(part, at);
    at += part.length;
  }
  if (at === data.length) return { data, rows, columns };
  throw new InputError({
    field: name,
    value: at / columns,
    allowed: `an answer for each of ${rows} examples`,
  });
}
