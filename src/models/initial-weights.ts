import { InputError } from '../errors/input-error.ts';
import { uniformByFanIn } from './initialize.ts';
import type { LinearModule } from './linear-module.ts';
import type { Initialization, Parameter } from './parameter.ts';

/**
 * How the weights of a network start; biases are then 0. PyTorch's default for both where it is absent.
 * - `sd`: normal with this deviation
 * - `gain`: normal with deviation gain / √fan_in (√2 for He et al. 2015)
 * - `xavier`: normal with deviation xavier · √(2 / (fan_in + fan_out)) (Glorot & Bengio 2010)
 * - `aligned`: along the modes of a linear teacher (Saxe et al. 2013): the product of all layers starts with these singular values,
 *   one for all modes or a list of the first, the rest 0; the layers of a path share them equally, along random directions between them
 */
export type InitialWeights =
  | { readonly sd: number }
  | { readonly gain: number }
  | { readonly xavier: number }
  | { readonly aligned: number | readonly number[] };

/** The singular vectors of a linear teacher, as columns of square matrices row by row. */
export interface TeacherVectors {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** The weights and, unless `bias` is false, the bias of a linear module that starts by itself, not along a teacher. */
export function moduleParameters(
  { name, inputs, outputs }: LinearModule,
  bias: boolean,
  initial?: Exclude<InitialWeights, { aligned: unknown }>,
): Parameter[] {
  const weight = {
    name: `${name}.weight`,
    shape: [outputs, inputs],
    initial: weightsBy(initial, inputs, outputs),
  };
  const biases: Initialization =
    initial === undefined ? uniformByFanIn(inputs) : { kind: 'constant', value: 0 };
  return [weight, ...(bias ? [{ name: `${name}.bias`, shape: [outputs], initial: biases }] : [])];
}

/** How a matrix from so many inputs to so many outputs starts. */
export function weightsBy(
  initial: Exclude<InitialWeights, { aligned: unknown }> | undefined,
  inputs: number,
  outputs: number,
): Initialization {
  if (initial === undefined) return uniformByFanIn(inputs);
  if ('sd' in initial) return { kind: 'normal', sd: initial.sd };
  if ('gain' in initial) return { kind: 'normal', sd: initial.gain / Math.sqrt(inputs) };
  return { kind: 'normal', sd: initial.xavier * Math.sqrt(2 / (inputs + outputs)) };
}

/**
 * The parameters of linear modules one after another that start along the modes of a teacher, without biases.
 *
 * @throws InputError if there is no teacher, or the stack does not lead from its inputs to its outputs.
 */
export function alignedParameters(
  stack: readonly LinearModule[],
  { aligned }: { readonly aligned: number | readonly number[] },
  teacher: TeacherVectors | undefined,
): Parameter[] {
  const refuse = (value: string, allowed: string): never => {
    throw new InputError({ field: 'initial.aligned', value, allowed });
  };
  if (teacher === undefined) return refuse('data without known modes', 'data of kind linear_teacher');
  const [from, to] = [stack[0].inputs, stack[stack.length - 1].outputs];
  if (teacher.right.length !== from ** 2 || teacher.left.length !== to ** 2) {
    const sizes = `${Math.sqrt(teacher.right.length)} inputs and ${Math.sqrt(teacher.left.length)} outputs`;
    return refuse(
      `a path from ${from} to ${to}`,
      `one with the ${sizes} of the teacher: as many paths as copies`,
    );
  }
  const most = Math.min(from, to, ...stack.map(({ outputs }) => outputs));
  const starts = typeof aligned === 'number' ? Array<number>(most).fill(aligned) : aligned;
  if (starts.length > most) return refuse(`${starts.length} modes`, `at most ${most}, the narrowest width`);
  const singularValues = starts.map((start) => start ** (1 / stack.length));
  return stack.map(({ name, inputs, outputs }, layer) => ({
    name: `${name}.weight`,
    shape: [outputs, inputs],
    initial: {
      kind: 'modes',
      singularValues,
      left: layer === stack.length - 1 ? teacher.left : `directions behind ${name}`,
      right: layer === 0 ? teacher.right : `directions behind ${stack[layer - 1].name}`,
    },
  }));
}
