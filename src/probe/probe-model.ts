import { type Captures, captures } from './captures.ts';
import { exportedFrom, refuseUnaccounted, type WeightsAtStep, writeWeights } from './checkpoint-weights.ts';
import { matchParameters, type ParameterMatching } from './match-parameters.ts';
import {
  inOrder,
  type MeasuredRun,
  type Measuring,
  measureCheckpoints,
  type WeightTensor,
} from './measure-checkpoints.ts';
import { modelParameters } from './model-parameters.ts';
import { modelTemplate } from './model-template.ts';
import { type OnnxGraph, readOnnxGraph } from './onnx-graph.ts';
import { layOutModel, openChecked } from './open-checked.ts';
import { type InputArrays, probeInputs } from './probe-inputs.ts';
import type { ProbeOptions } from './probe-options.ts';
import { describeReplay, type Replay, replay } from './replay.ts';
import type { ReadBeside } from './tensor-values.ts';

/** A model's bytes, and how to read the data it keeps in files beside it. */
export interface ModelFile {
  readonly model: Uint8Array;
  readonly file: string;
  readonly readBeside: ReadBeside;
}

/** What a probe is given. */
export interface ProbeMaterial extends ModelFile {
  readonly checkpoints: readonly WeightsAtStep[];
  readonly inputs: InputArrays;
}

/** A probed run, ready to be written, and what to know of how it came about. */
export interface Probed extends MeasuredRun {
  /** What became of every weight; null where each step is a model of its own. */
  readonly matching: ParameterMatching | null;
  /** The checkpoint that the model was exported from. */
  readonly exported: WeightsAtStep | null;
  readonly replay: Replay;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly hidden: ReadonlyMap<string, number>;
  readonly notes: readonly string[];
}

/** A model that is ready to be run at each of its checkpoints. */
export interface Prepared extends Omit<Probed, keyof MeasuredRun> {
  readonly measuring: Measuring;
}

/** What a graph is asked for. */
export type ChooseCaptures = (graph: OnnxGraph) => Captures & {
  /** Further tensors to put out, as they are. */
  readonly raw?: readonly string[];
};

/**
 * Measures the layers of a model at each of its checkpoints: their weights are written into the model's bytes one after the
 * other, and what its nodes put out for the same examples is captured.
 *
 * @throws InputError where a weight is not accounted for, an input does not fit, or the replay at the exported checkpoint
 *   does not give the model's own outputs.
 */
export async function probeModel(material: ProbeMaterial, options: ProbeOptions): Promise<Probed> {
  const { measuring, ...known } = await prepareModel(material, options, (graph) =>
    captures(graph, options.nodes),
  );
  return { ...(await measureCheckpoints(measuring, options)), ...known };
}

/**
 * Finds every weight of the checkpoints in the model, and out which of its nodes can be captured.
 *
 * @throws InputError as `probeModel` does.
 */
export async function prepareModel(
  { model, file, readBeside, checkpoints: given, inputs: arrays }: ProbeMaterial,
  options: ProbeOptions,
  choose: ChooseCaptures,
): Promise<Prepared> {
  const graph = readOnnxGraph(model, file);
  const wanted = choose(graph);
  const checkpoints = inOrder(given);
  const parameters = modelParameters(graph, readBeside);
  const exported = exportedFrom(checkpoints, parameters);
  const reference = exported ?? checkpoints[0];
  const matching = matchParameters([...reference.weights.values()], parameters, exported !== null);
  refuseUnaccounted(matching, file, exported !== null);
  const inputs = probeInputs(graph, arrays, options.samples);
  const own = graph.outputs.map(({ name }) => name);
  const template = modelTemplate(
    graph,
    matching.matches.map(({ parameter }) => parameter),
    [...wanted.layers.map(({ output }) => output), ...(wanted.raw ?? [])],
    readBeside,
  );
  writeWeights(matching, reference, template);
  const { skipped, ...laidOut } = await layOutModel(template.bytes, file, wanted.layers, inputs, options);
  const replayed =
    exported === null ? null : await replay({ graph, template, readBeside, inputs, own }, options);
  const models = checkpoints.map((checkpoint) => ({
    path: checkpoint.path,
    step: checkpoint.step,
    weights: () => tensorsOf(checkpoint),
    open: () => {
      writeWeights(matching, checkpoint, template);
      return openChecked(template.bytes, file, options);
    },
  }));
  const parameterCount = matching.matches.reduce(
    (sum, { parameter }) => sum + parameter.shape.reduce((product, extent) => product * extent, 1),
    0,
  );
  return {
    measuring: { models, ...laidOut, own, parameterCount },
    matching,
    exported,
    replay: replayed ?? { checked: false, reason: 'no checkpoint is the one that was exported' },
    skipped: [...wanted.skipped, ...skipped],
    hidden: graph.hidden,
    notes: [...inputs.notes, describeReplay(replayed)],
  };
}

function tensorsOf({ weights }: WeightsAtStep): WeightTensor[] {
  return [...weights.values()]
    .filter(({ isReal }) => isReal)
    .map(({ name, shape, values }) => ({ name, shape, data: values() }));
}
