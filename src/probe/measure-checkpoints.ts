import { InputError } from '../errors/input-error.ts';
import type { RunHeader } from '../measurements/run-header.ts';
import type { StepRecord } from '../measurements/step-record.ts';
import type { Evaluation } from '../measurements/types.ts';
import { unknownFacts } from '../measurements/unknown-facts.ts';
import { measuredSeries } from '../study/measure-layer.ts';
import type { ModelSession } from '../training/session-model.ts';
import { runExamples } from './capture-checkpoint.ts';
import type { LaidOutCapture } from './capture-layouts.ts';
import { evaluateOutputs } from './evaluate-outputs.ts';
import { type LayerMeter, layerMeter, type MeteredLayers, spectraMeasured } from './layer-meter.ts';
import { layerMeterOnThread } from './layer-meter-pool.ts';
import type { ProbeInputs } from './probe-inputs.ts';
import type { ProbeOptions } from './probe-options.ts';
import type { RealValues } from './tensor-values.ts';

/** A weight as a checkpoint holds it. */
export interface WeightTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: RealValues;
}

/** A model as it was at a training step. */
export interface ModelAtStep {
  readonly path: string;
  readonly step: number;
  /** Its session, with the captured tensors among its outputs; closed before the next one is opened. */
  open(): Promise<ModelSession>;
  /** Empty where each step is a model of its own. */
  weights(): readonly WeightTensor[];
}

/** What is measured of every checkpoint, and on what. */
export interface Measuring {
  /** In the order of their steps. */
  readonly models: readonly ModelAtStep[];
  readonly layers: readonly LaidOutCapture[];
  /** Elements that the layers put out for one example. */
  readonly elements: number;
  readonly inputs: ProbeInputs;
  /** The model's own outputs. */
  readonly own: readonly string[];
  readonly parameterCount: number | null;
}

/** A run as it is logged. */
export interface MeasuredRun {
  readonly header: RunHeader;
  readonly records: readonly StepRecord[];
  readonly evaluations: readonly Evaluation[];
}

/** With fewer elements to take in, a thread takes longer to start than it saves. */
const fewestForThread = 2 ** 24;

/**
 * Captures and measures the layers of a model at each of its steps, and evaluates it where there are labels. Of larger
 * models the layers of one step are measured while the model runs at the next; no bit of the results depends on it.
 */
export async function measureCheckpoints(measuring: Measuring, options: ProbeOptions): Promise<MeasuredRun> {
  const { models, layers, elements, inputs, own } = measuring;
  const layouts = layers.map(({ layout }) => layout);
  const wanted = options.labels === null ? [] : own;
  const meter =
    models.length * inputs.examples * elements < fewestForThread
      ? layerMeter(layouts, inputs.examples)
      : layerMeterOnThread(layouts, inputs.examples, (i) => wanted.includes(layers[i].output));
  try {
    return await measureWith(meter, measuring, wanted, options);
  } finally {
    await meter.close();
  }
}

async function measureWith(
  meter: LayerMeter,
  { models, layers, inputs, parameterCount }: Measuring,
  wanted: readonly string[],
  options: ProbeOptions,
): Promise<MeasuredRun> {
  const series = measuredSeries(spectraMeasured);
  const records: StepRecord[] = [];
  const evaluations: Evaluation[] = [];
  let shapes: MeteredLayers['shapes'] = [];
  const note = async (index: number, measured: Promise<MeteredLayers>): Promise<void> => {
    const { path, step } = models[index];
    const found = await measured;
    if (index > 0) assertSameShapes(found.shapes, shapes, layers, path);
    shapes = found.shapes;
    records.push({ step, loss: Number.NaN, gradientNorm: Number.NaN, layers: found.records });
  };
  let noted = Promise.resolve();
  for (const [index, { path, step, open }] of models.entries()) {
    options.onCheckpoint?.(index, path);
    const session = await open();
    const outputs = await runExamples(session, layers, inputs, wanted, meter.take);
    // A session that is not released keeps its memory.
    await session.close();
    if (options.labels !== null)
      evaluations.push(evaluateOutputs(step, { outputs }, options.labels, inputs.examples, options.logits));
    await noted;
    noted = note(index, meter.measure());
    // Heard at the next step, or at the end.
    noted.catch(() => {});
  }
  await noted;
  options.onCheckpoint?.(models.length, '');
  const header: RunHeader = {
    id: options.id,
    ...unknownFacts,
    parameterCount,
    plannedSteps: models[models.length - 1].step + 1,
    probe: null,
    layers: layers.map(({ name, kind }, depth) => ({
      name,
      kind: kind === 'attention' ? 'unknown' : kind,
      depth,
      samples: shapes[depth].rows,
      features: shapes[depth].columns,
      pooling: shapes[depth].pooling,
    })),
    spectra: [...spectraMeasured],
    series,
  };
  return { header, records, evaluations };
}

function assertSameShapes(
  found: MeteredLayers['shapes'],
  before: MeteredLayers['shapes'],
  layers: readonly LaidOutCapture[],
  file: string,
): void {
  found.forEach(({ columns }, i) => {
    if (columns === before[i].columns) return;
    throw new InputError({
      file,
      field: layers[i].name,
      value: `${columns} features`,
      allowed: `${before[i].columns}, as at the step before`,
    });
  });
}

/**
 * What was given, in the order of its steps.
 *
 * @throws InputError where two have one step, or there are none.
 */
export function inOrder<T extends { readonly path: string; readonly step: number }>(
  given: readonly T[],
): T[] {
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
