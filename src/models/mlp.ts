import { reshape } from '../autodiff/operators/broadcasting.ts';
import { add } from '../autodiff/operators/elementwise.ts';
import { embedding as lookUp } from '../autodiff/operators/embedding.ts';
import { linear } from '../autodiff/operators/matrix-product.ts';
import { split } from '../autodiff/operators/rearrangement.ts';
import { sizeOf, type Tensor } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { MlpArchitecture } from './architectures.ts';
import { alignedParameters, moduleParameters, weightsBy } from './initial-weights.ts';
import type { LinearModule } from './linear-module.ts';
import type { Model, Parameter } from './model.ts';
import type { ModelInput } from './model-input.ts';
import { nonlinearities } from './nonlinearity.ts';
import { unitLayer } from './unit-layer.ts';

/**
 * A multi-layer perceptron: PyTorch's `Sequential(Linear, ReLU, …, Linear)` (or another nonlinearity) under the name
 * `network`; of several paths, `paths.0`, `paths.1`, …, each with its own piece of the input, whose outputs are added up.
 *
 * @throws InputError if words have no embedding or quantities one, the input cannot be divided among the paths, or the
 *   start is to be along a teacher that is not there.
 */
export function mlp(
  architecture: MlpArchitecture,
  input: ModelInput,
): Omit<Model, 'name' | 'parameterCount'> {
  const { hidden, dropout: dropped = 0, nonlinearity = 'relu', bias = true, paths = 1 } = architecture;
  const { exampleShape, classes, vocabulary = null } = input;
  const between = nonlinearities[nonlinearity];
  const entrance = entranceOf(architecture, input);
  const stacks = stacksOf(hidden, entrance.width, classes, paths);
  return {
    family: 'mlp',
    exampleShape,
    classes,
    outputShape: [classes],
    vocabulary,
    parameters: [
      ...entrance.parameters,
      ...stacks.flatMap((stack) => stackParameters(stack, bias, architecture, input)),
    ],
    layers: stacks.flatMap((stack) =>
      stack.map(({ name, outputs }, depth) =>
        unitLayer(name, depth === hidden.length ? 'classifier' : 'linear', depth, outputs, between),
      ),
    ),
    forward: (x, context) => {
      const outputs = new Map<string, Tensor>();
      const activated = new Map<string, Tensor>();
      const pieces = entrance.enter(x, context.parameter);
      const ends = stacks.map((stack, path) => {
        let rows = pieces[path];
        stack.forEach(({ name, outputs: parts }, depth) => {
          rows = linear(
            rows,
            context.parameter(`${name}.weight`),
            bias ? context.parameter(`${name}.bias`) : undefined,
          );
          outputs.set(name, rows);
          if (depth === hidden.length) return;
          rows = between.apply(rows);
          if (nonlinearity !== 'linear') activated.set(name, rows);
          rows = context.intercept?.({ name, kind: 'units', parts }, rows) ?? rows;
          rows = context.dropout(rows, dropped);
        });
        return rows;
      });
      return { logits: ends.reduce((a, b) => add(a, b)), outputs, activated, attention: new Map() };
    },
  };
}

/** The linear modules of every path; a nonlinearity stands between two of them and takes a number of its own. */
function stacksOf(
  hidden: readonly number[],
  inputs: number,
  outputs: number,
  paths: number,
): LinearModule[][] {
  if (inputs % paths !== 0) {
    throw new InputError({ field: 'paths', value: paths, allowed: `a divisor of the ${inputs} inputs` });
  }
  const widths = [inputs / paths, ...hidden, outputs];
  return Array.from({ length: paths }, (_, path) =>
    widths.slice(1).map((width, i) => ({
      name: `${paths === 1 ? 'network' : `paths.${path}`}.${2 * i}`,
      inputs: widths[i],
      outputs: width,
    })),
  );
}

function stackParameters(
  stack: readonly LinearModule[],
  bias: boolean,
  { initial, nonlinearity }: MlpArchitecture,
  { teacher }: ModelInput,
): Parameter[] {
  if (initial === undefined || !('aligned' in initial)) {
    return stack.flatMap((module) => moduleParameters(module, bias, initial));
  }
  if (bias || nonlinearity !== 'linear') {
    const allowed = 'bias: false and nonlinearity: linear beside it, or other initial weights';
    throw new InputError({ field: 'initial', value: 'aligned', allowed });
  }
  return alignedParameters(stack, initial, teacher);
}

/** How an example becomes the inputs of each path: as it is, or each of its words by its vector, one after another. */
function entranceOf(
  { embedding, initial, paths = 1 }: MlpArchitecture,
  { exampleShape, vocabulary = null }: ModelInput,
) {
  const values = sizeOf(exampleShape);
  const divided = (rows: Tensor): readonly Tensor[] =>
    paths === 1 ? [rows] : split(rows, Array<number>(paths).fill(rows.shape[1] / paths), 1);
  if ((vocabulary === null) !== (embedding === undefined)) {
    const allowed =
      vocabulary === null
        ? 'absent: the examples are quantities, not words'
        : 'a width: the examples are words';
    throw new InputError({ field: 'embedding', value: embedding ?? 'missing', allowed });
  }
  if (vocabulary === null || embedding === undefined) {
    const enter = (x: Tensor): readonly Tensor[] => divided(reshape(x, [x.shape[0], values]));
    return { width: values, parameters: [], enter };
  }
  const name = 'embedding.weight';
  const start =
    initial === undefined || 'aligned' in initial
      ? ({ kind: 'normal' } as const)
      : weightsBy(initial, embedding, embedding);
  return {
    width: values * embedding,
    parameters: [{ name, shape: [vocabulary, embedding], initial: start }],
    enter: (x: Tensor, parameter: (name: string) => Tensor): readonly Tensor[] =>
      divided(
        reshape(lookUp(parameter(name), reshape(x, [x.shape[0], values])), [x.shape[0], values * embedding]),
      ),
  };
}
