import { InputError } from '../errors/input-error.ts';
import type { RunHeader } from '../measurements/run-header.ts';
import type { StepRecord } from '../measurements/step-record.ts';
import type { Evaluation } from '../measurements/types.ts';
import { unknownFacts } from '../measurements/unknown-facts.ts';
import { measuredSeries, measureLayer } from '../study/measure-layer.ts';
import type { ModelSession } from '../training/session-model.ts';
import { type Captured, captureCheckpoint } from './capture-checkpoint.ts';
import type { LaidOutCapture } from './capture-layouts.ts';
import { evaluateOutputs } from './evaluate-outputs.ts';
import type { ProbeInputs } from './probe-inputs.ts';
import type { ProbeOptions } from './probe-options.ts';
import type { RealValues } from './tensor-values.ts';

/** What so few examples put out is still in the processor's cache when it is averaged; a large batch also costs the system's memory. */
export const examplesAtOnce = 16;

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

/** Captures and measures the layers of a model at each of its steps, and evaluates it where there are labels. */
export async function measureCheckpoints(
  { models, layers, inputs, own, parameterCount }: Measuring,
  options: ProbeOptions,
): Promise<MeasuredRun> {
  const series = measuredSeries(['centered', 'raw']);
  const records: StepRecord[] = [];
  const evaluations: Evaluation[] = [];
  let shapes: Captured['layers'] = [];
  for (const [index, { path, step, open }] of models.entries()) {
    options.onCheckpoint?.(index, path);
    const session = await open();
    const captured = await captureCheckpoint(session, layers, inputs, options.labels === null ? [] : own);
    // A session that is not released keeps its memory.
    await session.close();
    if (index > 0) assertSameShapes(captured.layers, shapes, layers, path);
    shapes = captured.layers;
    records.push({
      step,
      loss: Number.NaN,
      gradientNorm: Number.NaN,
      layers: captured.layers.map(({ data, rows, columns }) =>
        measureLayer({ data, shape: [rows, columns] }, ['centered', 'raw'], series),
      ),
    });
    if (options.labels !== null)
      evaluations.push(evaluateOutputs(step, captured, options.labels, inputs.examples, options.logits));
  }
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
    spectra: ['centered', 'raw'],
    series,
  };
  return { header, records, evaluations };
}

function assertSameShapes(
  found: Captured['layers'],
  before: Captured['layers'],
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
