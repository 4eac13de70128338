import { sameShape, sizeOf } from '../autodiff/tensor.ts';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import type { Model } from '../models/model.ts';
import { type Loss, losses, lossNames } from './losses.ts';
import type { TrainingOptions } from './training-options.ts';

/** @throws InputError unless the options describe a training that can start. */
export function assertTrainable(options: TrainingOptions): void {
  const { model, data, steps, batchSize = 32, threads = 1, probe, evaluation, resume } = options;
  assertInteger('steps', steps, 0);
  assertInteger('batchSize', batchSize, 1);
  assertInteger('threads', threads, 1);
  assertInteger('until', options.until ?? steps, 0);
  assertInteger('batchesFrom', options.batchesFrom ?? 0, 0);
  assertParameters('frozen', model, options.frozen ?? []);
  if (resume !== undefined) assertInteger('resume.step', resume.step, -1);
  assertFits('data', model, data);
  assertLoss(data, options.loss);
  if (probe !== undefined) {
    assertFits('probe.data', model, probe.data);
    assertInteger('probe.count', probe.count ?? 1, 1);
  }
  if (evaluation !== undefined) assertFits('evaluation.data', model, evaluation.data);
}

function assertLoss({ targets }: Dataset, loss: Loss = losses['cross-entropy']): void {
  if (targets === undefined || loss.takesNumbers) return;
  const able = lossNames.filter((name) => losses[name].takesNumbers);
  throw new InputError({
    field: 'loss',
    value: loss.name,
    allowed: `${able.join(', ')}: the data ask for numbers, not classes`,
  });
}

function assertFits(field: string, model: Model, data: Dataset): void {
  const { inputs, labels, targets, exampleShape, count, labelsPerExample = 1 } = data;
  assertInteger(`${field}.count`, count, 1);
  if (!sameShape(exampleShape, model.exampleShape)) {
    throw new InputError({
      field: `${field}.exampleShape`,
      value: exampleShape,
      allowed: `${model.exampleShape}`,
    });
  }
  const size = count * sizeOf(exampleShape);
  if (inputs.length !== size) {
    throw new InputError({
      field: `${field}.inputs`,
      value: `${inputs.length} numbers`,
      allowed: `${size} numbers`,
    });
  }
  if (labels.length !== count * labelsPerExample) {
    throw new InputError({
      field: `${field}.labels`,
      value: `${labels.length} labels`,
      allowed: `${count * labelsPerExample} labels`,
    });
  }
  if (targets !== undefined && targets.length !== count * model.classes) {
    throw new InputError({
      field: `${field}.targets`,
      value: `${targets.length} numbers`,
      allowed: `${count * model.classes} numbers`,
    });
  }
  if (labelsPerExample * model.classes !== sizeOf(model.outputShape)) {
    throw new InputError({
      field: `${field}.labelsPerExample`,
      value: labelsPerExample,
      allowed: `${sizeOf(model.outputShape) / model.classes}, as many as the network answers`,
    });
  }
  if (model.vocabulary !== null) assertWordIds(`${field}.inputs`, inputs, model.vocabulary);
  const wrong = labels.findIndex((label) => label >= model.classes);
  if (wrong >= 0) {
    throw new InputError({
      field: `${field}.labels[${wrong}]`,
      value: labels[wrong],
      allowed: `0 to ${model.classes - 1}`,
    });
  }
}

function assertParameters(field: string, model: Model, names: readonly string[]): void {
  const known = model.parameters.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new InputError({ field, value: unknown, allowed: oneOf(unknown, known) });
}

function assertWordIds(field: string, inputs: Float32Array, vocabulary: number): void {
  const wrong = inputs.findIndex((id) => !Number.isInteger(id) || id < 0 || id >= vocabulary);
  if (wrong >= 0) {
    const allowed = `ids of words, 0 to ${vocabulary - 1}`;
    throw new InputError({ field: `${field}[${wrong}]`, value: inputs[wrong], allowed });
  }
}

function assertInteger(field: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new InputError({ field, value, allowed: `an integer of at least ${least}` });
  }
}
