import { input, type Node, sizeOf, type Tensor } from '../autodiff/tensor.ts';
import { topologicalOrder } from '../autodiff/topological-order.ts';
import type { Model } from '../models/model.ts';

/** What it takes to go forward over one example. */
export interface ForwardCost {
  /** Multiplications of all matrix products, which is what convolutions are too. */
  readonly multiplications: number;
  /** Numbers that are computed, of all nodes together: an upper bound of what is in memory at the same time. */
  readonly values: number;
}

const products: ReadonlySet<string> = new Set(['Gemm', 'MatMul', 'FusedMatMul']);

/** Examples by which a graph is sized: what does not grow with their number, such as transformed filters, is shared by so many. */
const batch = 32;

/**
 * What a network's way forward costs, counted in its graph: to compare networks, not to predict seconds.
 *
 * @example
 * // A layer of 4 units over 3 inputs: 12 multiplications for every example.
 */
export function forwardCost(model: Model): ForwardCost {
  const { logits, outputs } = model.forward(input('x', [batch, ...model.exampleShape]), {
    parameter: (name) => parameterInput(model, name),
    dropout: (x) => x,
    everyPosition: false,
  });
  const nodes = topologicalOrder([logits, ...outputs.values()]);
  const sum = (of: (node: Node) => number): number =>
    nodes.reduce((total, node) => total + of(node), 0) / batch;
  return {
    multiplications: sum((node) => (products.has(node.operator) ? elementsOf(node) * innerOf(node) : 0)),
    values: sum(elementsOf),
  };
}

function parameterInput({ parameters }: Model, name: string): Tensor {
  return input(name, parameters.find((parameter) => parameter.name === name)!.shape);
}

function elementsOf({ outputs }: Node): number {
  return outputs.reduce((total, { shape }) => total + sizeOf(shape), 0);
}

/** How many products are summed up in each element of a matrix product. */
function innerOf({ inputs: [{ shape }], attributes: { transA } }: Node): number {
  const isTransposed = transA !== undefined && 'int' in transA && transA.int === 1;
  return shape[shape.length - (isTransposed ? 2 : 1)];
}
