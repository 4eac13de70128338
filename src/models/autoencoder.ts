import { reshape } from '../autodiff/operators/broadcasting.ts';
import { gemm, linear } from '../autodiff/operators/matrix-product.ts';
import { sizeOf } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { AutoencoderArchitecture } from './architectures.ts';
import { weightsBy } from './initial-weights.ts';
import type { Model } from './model.ts';
import type { ModelInput } from './model-input.ts';
import { nonlinearities } from './nonlinearity.ts';
import { unitLayer } from './unit-layer.ts';

/**
 * An autoencoder with tied weights: f(Wᵀ W x + b), what it gives back of x through fewer units (Elhage et al. 2022). W is
 * `encoder.weight`, b `decoder.bias`.
 *
 * @throws InputError unless there are as many numbers to give as there are inputs.
 */
export function autoencoder(
  { hidden, nonlinearity = 'relu', initial }: AutoencoderArchitecture,
  { exampleShape, classes }: ModelInput,
): Omit<Model, 'name' | 'parameterCount'> {
  const features = sizeOf(exampleShape);
  if (classes !== features) {
    const allowed = `data that ask for the ${features} numbers of each example`;
    throw new InputError({ field: 'outputs of an autoencoder', value: classes, allowed });
  }
  const behind = nonlinearities[nonlinearity];
  return {
    family: 'autoencoder',
    exampleShape,
    classes,
    outputShape: [classes],
    vocabulary: null,
    parameters: [
      { name: 'encoder.weight', shape: [hidden, features], initial: weightsBy(initial, features, hidden) },
      { name: 'decoder.bias', shape: [features], initial: { kind: 'constant', value: 0 } },
    ],
    layers: [
      unitLayer('encoder', 'linear', 0, hidden, nonlinearities.linear),
      unitLayer('decoder', 'linear', 1, features, behind),
    ],
    forward: (x, { parameter }) => {
      const weight = parameter('encoder.weight');
      const code = linear(reshape(x, [x.shape[0], features]), weight);
      const decoded = gemm(code, weight, { bias: parameter('decoder.bias') });
      const logits = behind.apply(decoded);
      return {
        logits,
        outputs: new Map([
          ['encoder', code],
          ['decoder', decoded],
        ]),
        activated: new Map(nonlinearity === 'linear' ? [] : [['decoder', logits]]),
        attention: new Map(),
      };
    },
  };
}
