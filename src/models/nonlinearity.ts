import { gelu, relu, square, tanh } from '../autodiff/operators/elementwise.ts';
import type { Tensor } from '../autodiff/tensor.ts';

/** What is applied to a layer's output, element by element, before the next layer sees it. */
export interface Nonlinearity {
  readonly name: string;
  /** As a log calls outputs behind it. */
  readonly label: string;
  readonly apply: (x: Tensor) => Tensor;
}

/** Every nonlinearity by name. */
export const nonlinearities = {
  relu: { name: 'relu', label: 'ReLU', apply: relu },
  tanh: { name: 'tanh', label: 'tanh', apply: tanh },
  gelu: { name: 'gelu', label: 'GELU', apply: gelu },
  square: { name: 'square', label: 'x²', apply: square },
  /** None: a network of linear layers is linear as a whole, and learns all the same in stages. */
  linear: { name: 'linear', label: 'nothing', apply: (x) => x },
} as const satisfies Readonly<Record<string, Nonlinearity>>;

export type NonlinearityName = keyof typeof nonlinearities;

export const nonlinearityNames = Object.keys(nonlinearities) as readonly NonlinearityName[];
