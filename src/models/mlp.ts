import { reshape } from '../autodiff/operators/broadcasting.ts';
import { linear } from '../autodiff/operators/matrix-product.ts';
import { sizeOf, type Tensor } from '../autodiff/tensor.ts';
import type { MlpArchitecture } from './architectures.ts';
import { linearParameters } from './linear-module.ts';
import type { Model } from './model.ts';
import { nonlinearities } from './nonlinearity.ts';
import { unitLayer } from './unit-layer.ts';

/** A multi-layer perceptron: PyTorch's `Sequential(Linear, ReLU, …, Linear)` (or another nonlinearity) under the name `network`. */
export function mlp(
  { hidden, dropout: dropped = 0, nonlinearity = 'relu' }: MlpArchitecture,
  exampleShape: readonly number[],
  classes: number,
): Omit<Model, 'name' | 'parameterCount'> {
  const between = nonlinearities[nonlinearity];
  const inputs = sizeOf(exampleShape);
  const widths = [inputs, ...hidden, classes];
  // A nonlinearity stands between two linear layers and takes a number of its own.
  const linears = widths
    .slice(1)
    .map((outputs, i) => ({ name: `network.${2 * i}`, inputs: widths[i], outputs }));
  return {
    family: 'mlp',
    exampleShape,
    classes,
    vocabulary: null,
    parameters: linears.flatMap(linearParameters),
    layers: linears.map(({ name, outputs }, depth) =>
      unitLayer(name, depth === hidden.length ? 'classifier' : 'linear', depth, outputs, between),
    ),
    forward: (x, { parameter, dropout, intercept }) => {
      const outputs = new Map<string, Tensor>();
      const activated = new Map<string, Tensor>();
      let rows = reshape(x, [x.shape[0], inputs]);
      linears.forEach(({ name }, depth) => {
        rows = linear(rows, parameter(`${name}.weight`), parameter(`${name}.bias`));
        outputs.set(name, rows);
        if (depth === hidden.length) return;
        rows = between.apply(rows);
        if (nonlinearity !== 'linear') activated.set(name, rows);
        rows = intercept?.({ name, kind: 'units', parts: widths[depth + 1] }, rows) ?? rows;
        rows = dropout(rows, dropped);
      });
      return { logits: rows, outputs, activated, attention: new Map() };
    },
  };
}
