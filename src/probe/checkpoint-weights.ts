import type { StoredTensor } from '../checkpoints/stored-tensor.ts';
import { InputError } from '../errors/input-error.ts';
import { modelWeights } from '../weights/weight-matrices.ts';
import {
  equal,
  matchParameters,
  type NamedWeight,
  type ParameterMatching,
  transposed,
} from './match-parameters.ts';
import type { ModelParameter } from './model-parameters.ts';
import type { ModelTemplate } from './model-template.ts';
import type { RealValues } from './tensor-values.ts';

/** A checkpoint whose weights are to be written into a model. */
export interface WeightsAtStep {
  readonly path: string;
  readonly step: number;
  readonly weights: ReadonlyMap<string, NamedWeight>;
}

const realTypes = new Set(['F64', 'F32', 'F16', 'BF16', 'F8_E4M3', 'F8_E5M2']);

/** The weights of a checkpoint's tensors by name. */
export function weightsAtStep(path: string, step: number, tensors: readonly StoredTensor[]): WeightsAtStep {
  const weights = modelWeights(tensors).weights.map(
    ({ name, shape, type, place, read }): [string, NamedWeight] => [
      name,
      { name, shape, isReal: realTypes.has(type), place, values: () => read().data as RealValues },
    ],
  );
  return { path, step, weights: new Map(weights) };
}

/**
 * The checkpoint that the model was exported from: the first whose weights, matched by name, are the model's to the last
 * bit; null if none is.
 */
export function exportedFrom(
  checkpoints: readonly WeightsAtStep[],
  parameters: readonly ModelParameter[],
): WeightsAtStep | null {
  for (const checkpoint of checkpoints) {
    const { matches } = matchParameters([...checkpoint.weights.values()], parameters, false);
    const isIt = matches.every(({ weight, parameter, transposed: turned }) => {
      const { values, shape } = checkpoint.weights.get(weight)!;
      return equal(turned ? transposed(values(), shape) : values(), parameter.values());
    });
    if (matches.length > 0 && isIt) return checkpoint;
  }
  return null;
}

/** @throws InputError listing every weight that is not accounted for, with what would mend it. */
export function refuseUnaccounted(
  { missing, ambiguous, kept }: ParameterMatching,
  file: string,
  exported: boolean,
): void {
  if (missing.length === 0 && ambiguous.length === 0) return;
  const renamed = kept.filter(({ name }) => /^onnx::/.test(name)).map(({ name }) => name);
  const isFused =
    missing.some((name) => /running_(?:mean|var)$/.test(name)) || renamed.some((name) => /Conv/.test(name));
  const remedies = [
    'a model that holds every weight under a name or a value of its own',
    ...(isFused
      ? [
          'a BatchNorm was folded into a convolution: export with training=torch.onnx.TrainingMode.PRESERVE (or fuse nothing)',
        ]
      : []),
    ...(exported
      ? []
      : [
          'no checkpoint is the one that was exported: give it too, so that renamed weights are found by their values',
        ]),
    ...(ambiguous.length > 0 ? ['export after some training: equal weights cannot be told apart'] : []),
    'do_constant_folding=False keeps weights as they are',
  ];
  const list = (names: readonly string[]): string =>
    names.slice(0, 12).join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '');
  const said = [
    ...(missing.length > 0 ? [`${missing.length} not found: ${list(missing)}`] : []),
    ...(ambiguous.length > 0
      ? [
          `${ambiguous.length} ambiguous: ${list(ambiguous.map(({ weight, candidates }) => `${weight} (${candidates.join(' or ')})`))}`,
        ]
      : []),
    ...(renamed.length > 0 ? [`renamed in the model: ${list(renamed)}`] : []),
  ];
  throw new InputError({ file, field: `weights (${said.join('; ')})`, allowed: remedies.join('; ') });
}

/**
 * Writes a checkpoint's weights into a model.
 *
 * @throws InputError where it lacks a weight, or has it in another shape.
 */
export function writeWeights(
  { matches }: Pick<ParameterMatching, 'matches'>,
  { path, weights }: WeightsAtStep,
  template: ModelTemplate,
): void {
  for (const { weight, parameter, transposed: turned } of matches) {
    const found = weights.get(weight);
    const shape = turned ? [...parameter.shape].reverse() : parameter.shape;
    if (found === undefined || found.shape.join() !== shape.join()) {
      throw new InputError({
        file: path,
        field: weight,
        value: found === undefined ? 'missing' : `shape [${found.shape}]`,
        allowed: `shape [${shape}], as the model has it`,
      });
    }
    const values = found.values();
    template.write(parameter, turned ? transposed(values, found.shape) : values);
  }
}
