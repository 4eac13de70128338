import { InputError } from '../errors/input-error.ts';
import { type AttentionMaps, fromProbabilities } from '../mechanisms/attention/attention-maps.ts';
import type { CheckpointReading } from '../mechanisms/checkpoint-reading.ts';
import { filterBanks } from '../mechanisms/filters/filter-bank.ts';
import { insideCaptures } from '../probe/inside-captures.ts';
import { prepareExports } from '../probe/probe-exports.ts';
import { type ChooseCaptures, type Prepared, prepareModel } from '../probe/probe-model.ts';
import { type InsideReading, type ProbedAttention, readInside } from '../probe/read-inside.ts';
import { type ProbeChoice, probeMaterial } from './probe-material-store.ts';

/** A network that another program trained, as it can be run here: its graph, and examples. */
export interface ProbedNetwork extends Omit<ProbeChoice, 'onProgress' | 'threads'> {
  /** The network as `.onnx`. */
  readonly model: string;
  /** The examples: `.npy`, `.npz`, `.safetensors` or IDX. */
  readonly inputs: string;
}

/** What is inside a network at its checkpoints, and what to know of how it was read. */
export interface ProbedReadings {
  readonly run: string;
  readonly checkpoints: number;
  readonly readings: AsyncIterable<CheckpointReading>;
  /** Filled while the readings are taken. */
  readonly notes: readonly string[];
}

/**
 * Opens a network for the mechanism measures at checkpoints that another program saved, through its ONNX file: outputs of its layers
 * (means over positions), what softmaxes inside it give as attention, logits where there are labels, weight tensors.
 *
 * @param checkpoints a folder of weights, or of one `.onnx` per step; or one of them.
 * @throws InputError as `probeCheckpoints` does.
 */
export async function probedReadings(
  checkpoints: string,
  { model, inputs, ...choice }: ProbedNetwork,
): Promise<ProbedReadings> {
  const { material, settings } = probeMaterial(model, checkpoints, inputs, choice);
  let inside: ReturnType<typeof insideCaptures> | null = null;
  const choose: ChooseCaptures = (graph) => {
    inside = insideCaptures(graph, settings.nodes);
    return inside;
  };
  const prepared =
    'exports' in material
      ? await prepareExports(material, settings, choose)
      : await prepareModel(material, settings, choose);
  const found = inside!;
  const notes = notesOf(prepared, found, settings.labels === null, 'exports' in material);
  const labels = settings.labels;
  const { examples } = prepared.measuring.inputs;
  const classes =
    labels === null ? 1 : Math.max(...Array.from({ length: examples }, (_, i) => labels[i])) + 1;
  const said = new Set<string>();
  async function* readings(): AsyncGenerator<CheckpointReading> {
    for await (const reading of readInside(prepared.measuring, found.attention, settings)) {
      for (const { name } of found.attention) {
        if (!reading.attention.has(name)) sayOnce(said, notes, `${name}: no attention, by its shape`);
      }
      yield asCheckpoint(reading, (note) => sayOnce(said, notes, note), {
        // Of one class nothing can be told: measures of classes say so.
        labels:
          labels === null ? new Int32Array(examples) : Array.from({ length: examples }, (_, i) => labels[i]),
        classes: Math.max(classes, reading.logits?.columns ?? 0),
      });
    }
  }
  return { run: settings.id, checkpoints: prepared.measuring.models.length, readings: readings(), notes };
}

function sayOnce(said: Set<string>, notes: string[], note: string): void {
  if (!said.has(note)) notes.push(note);
  said.add(note);
}

function asCheckpoint(
  { step, activations, attention, logits, weights }: InsideReading,
  note: (text: string) => void,
  examples: Pick<CheckpointReading, 'labels' | 'classes'>,
): CheckpointReading {
  const maps = [...attention].flatMap(([name, found]) => {
    const map = attentionMaps(found);
    if (typeof map !== 'string') return [[name, map] as const];
    note(`${name}: no attention (${map})`);
    return [];
  });
  return {
    step,
    activations,
    attention: new Map(maps),
    ...(logits !== null && { logits }),
    weights: filterBanks(weights),
    ...examples,
  };
}

/** A softmax need not be attention: rows that are no distributions say so. */
function attentionMaps({ values, ...shape }: ProbedAttention): AttentionMaps | string {
  try {
    return fromProbabilities(values, shape);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function notesOf(
  { notes, skipped }: Prepared,
  { nonlinearities, layers, attention }: ReturnType<typeof insideCaptures>,
  withoutLabels: boolean,
  areExports: boolean,
): string[] {
  const asPutOut = layers.filter(({ name }) => !nonlinearities.has(name)).map(({ name }) => name);
  return [
    ...notes,
    ...skipped.map(({ name, reason }) => `${name} is not measured: ${reason}`),
    ...(nonlinearities.size > 0
      ? [`after their nonlinearity: ${[...nonlinearities].map(([name, by]) => `${name} (${by})`).join(', ')}`]
      : []),
    ...(asPutOut.length > 0 ? [`as the node puts it out: ${asPutOut.join(', ')}`] : []),
    attention.length > 0
      ? `attention: ${attention.map(({ name }) => name).join(', ')}`
      : 'no attention: the graph has no softmax of its own before its outputs',
    ...(withoutLabels ? ['without labels nothing is said of classes'] : []),
    ...(areExports
      ? ['weights are not measured: a graph does not say which way round it holds a matrix']
      : []),
    'not measured on the graph of another program: copying scores and ablation',
  ];
}
