import { InputError } from '../errors/input-error.ts';
import type { RunHeader } from '../measurements/run-header.ts';
import type { StepRecord } from '../measurements/step-record.ts';
import type { Evaluation } from '../measurements/types.ts';
import { unknownFacts } from '../measurements/unknown-facts.ts';
import { measuredSeries, measureLayer } from '../study/measure-layer.ts';
import { type Optimization, openModel } from '../training/session-model.ts';
import { type Captured, captureCheckpoint } from './capture-checkpoint.ts';
import { type LaidOutCapture, layOut } from './capture-layouts.ts';
import { captures } from './captures.ts';
import { exportedFrom, refuseUnaccounted, type WeightsAtStep, writeWeights } from './checkpoint-weights.ts';
import { evaluateOutputs } from './evaluate-outputs.ts';
import { matchParameters, type ParameterMatching } from './match-parameters.ts';
import { modelParameters } from './model-parameters.ts';
import { type ModelTemplate, modelTemplate } from './model-template.ts';
import { readOnnxGraph } from './onnx-graph.ts';
import { type InputArrays, type ProbeInputs, probeInputs } from './probe-inputs.ts';
import { describeReplay, type Replay, replay } from './replay.ts';
import type { ReadBeside } from './tensor-values.ts';

export interface ProbeOptions {
  /** The run's id. */
  readonly id: string;
  /** Nodes, outputs or operators to measure; null for every one that is a layer. */
  readonly nodes: readonly string[] | null;
  /** Examples to take; null for all. */
  readonly samples: number | null;
  /** Class of every example, for accuracy and loss; null for none. */
  readonly labels: ArrayLike<number> | null;
  readonly optimization: Optimization;
  readonly threads: number;
  /** Called before each checkpoint with how many are done. */
  readonly onCheckpoint?: (done: number, path: string) => void;
}

/** What a probe is given. */
export interface ProbeMaterial {
  readonly model: Uint8Array;
  readonly file: string;
  readonly readBeside: ReadBeside;
  readonly checkpoints: readonly WeightsAtStep[];
  readonly inputs: InputArrays;
}

/** A probed run, ready to be written, and what to know of how it came about. */
export interface Probed {
  readonly header: RunHeader;
  readonly records: readonly StepRecord[];
  readonly evaluations: readonly Evaluation[];
  readonly matching: ParameterMatching;
  /** The checkpoint that the model was exported from. */
  readonly exported: WeightsAtStep | null;
  readonly replay: Replay;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly hidden: ReadonlyMap<string, number>;
  readonly notes: readonly string[];
}

/**
 * Measures the layers of a model at each of its checkpoints: their weights are written into the model's bytes one after the
 * other, and what its nodes put out for the same examples is captured.
 *
 * @throws InputError where a weight is not accounted for, an input does not fit, or the replay at the exported checkpoint
 *   does not give the model's own outputs.
 */
export async function probeModel(
  { model, file, readBeside, checkpoints: given, inputs: arrays }: ProbeMaterial,
  options: ProbeOptions,
): Promise<Probed> {
  const graph = readOnnxGraph(model, file);
  const wanted = captures(graph, options.nodes);
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
    wanted.layers.map(({ output }) => output),
    readBeside,
  );
  writeWeights(matching, reference, template);
  const first = await openChecked(template.bytes, file, options);
  const laidOut = await layOut(first, wanted.layers, inputs).catch((error: unknown) => {
    throw runtimeFault(error, file);
  });
  await first.close();
  if (laidOut.layers.length === 0) {
    const [reason] = laidOut.skipped;
    throw new InputError({
      file,
      field: 'layers',
      value: `${reason?.name}: ${reason?.reason}`,
      allowed: 'layers with the examples on an axis of their own',
    });
  }
  const replayed =
    exported === null ? null : await replay({ graph, template, readBeside, inputs, own }, options);
  const measured = await measureAll(
    { checkpoints, matching, template, layers: laidOut.layers, inputs, own, file },
    options,
  );
  return {
    ...measured,
    matching,
    exported,
    replay: replayed ?? { checked: false, reason: 'no checkpoint is the one that was exported' },
    skipped: [...wanted.skipped, ...laidOut.skipped],
    hidden: graph.hidden,
    notes: [...inputs.notes, describeReplay(replayed)],
  };
}

interface Measuring {
  readonly checkpoints: readonly WeightsAtStep[];
  readonly matching: ParameterMatching;
  readonly template: ModelTemplate;
  readonly layers: readonly LaidOutCapture[];
  readonly inputs: ProbeInputs;
  readonly own: readonly string[];
  readonly file: string;
}

async function measureAll(
  { checkpoints, matching, template, layers, inputs, own, file }: Measuring,
  options: ProbeOptions,
): Promise<Pick<Probed, 'header' | 'records' | 'evaluations'>> {
  const series = measuredSeries(['centered', 'raw']);
  const records: StepRecord[] = [];
  const evaluations: Evaluation[] = [];
  let last: Captured | null = null;
  for (const [index, checkpoint] of checkpoints.entries()) {
    options.onCheckpoint?.(index, checkpoint.path);
    writeWeights(matching, checkpoint, template);
    const session = await openChecked(template.bytes, file, options);
    const wantedOwn = options.labels === null ? [] : own;
    const captured = await captureCheckpoint(session, layers, inputs, wantedOwn);
    // A session that is not released keeps its memory.
    await session.close();
    const { step } = checkpoint;
    records.push({
      step,
      loss: Number.NaN,
      gradientNorm: Number.NaN,
      layers: captured.layers.map(({ data, rows, columns }) =>
        measureLayer({ data, shape: [rows, columns] }, ['centered', 'raw'], series),
      ),
    });
    if (options.labels !== null)
      evaluations.push(evaluateOutputs(step, captured, options.labels, inputs.examples));
    last = captured;
  }
  options.onCheckpoint?.(checkpoints.length, '');
  const parameterCount = matching.matches.reduce(
    (sum, { parameter }) => sum + parameter.shape.reduce((product, extent) => product * extent, 1),
    0,
  );
  return {
    header: headerOf(layers, last!, checkpoints, parameterCount, series, options.id),
    records,
    evaluations,
  };
}

function headerOf(
  layers: readonly LaidOutCapture[],
  captured: Captured,
  checkpoints: readonly WeightsAtStep[],
  parameterCount: number,
  series: RunHeader['series'],
  id: string,
): RunHeader {
  return {
    id,
    ...unknownFacts,
    parameterCount,
    plannedSteps: checkpoints[checkpoints.length - 1].step + 1,
    probe: null,
    layers: layers.map(({ name, kind }, depth) => ({
      name,
      kind: kind === 'attention' ? 'unknown' : kind,
      depth,
      samples: captured.layers[depth].rows,
      features: captured.layers[depth].columns,
      pooling: captured.layers[depth].pooling,
    })),
    spectra: ['centered', 'raw'],
    series,
  };
}

function inOrder(given: readonly WeightsAtStep[]): WeightsAtStep[] {
  const ordered = [...given].sort((a, b) => a.step - b.step);
  const twice = ordered.find(({ step }, i) => i > 0 && step === ordered[i - 1].step);
  if (twice !== undefined)
    throw new InputError({
      file: twice.path,
      field: 'step',
      value: twice.step,
      allowed: 'a step of its own for each checkpoint (--steps)',
    });
  if (ordered.length === 0) throw new InputError({ field: 'checkpoints', allowed: 'at least one' });
  return ordered;
}

async function openChecked(bytes: Uint8Array, file: string, options: ProbeOptions) {
  try {
    return await openModel(bytes, options);
  } catch (error) {
    throw runtimeFault(error, file);
  }
}

/** What ONNX Runtime says of a model is about the model. */
function runtimeFault(error: unknown, file: string): Error {
  if (error instanceof InputError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new InputError({
    file,
    value: said,
    allowed: 'a model that ONNX Runtime can load and run on these inputs',
  });
}
