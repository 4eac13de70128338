import { add } from './operators/elementwise.ts';
import { addToProduct } from './operators/product-epilogue.ts';
import { constant, type Node, type Tensor } from './tensor.ts';
import { topologicalOrder } from './topological-order.ts';

/**
 * Extends a graph by the derivatives of a scalar: reverse-mode automatic differentiation, from the loss back to its
 * inputs, one gradient rule per operator (Griewank & Walther 2008, ch. 3).
 *
 * @param loss a scalar, shape `[]`.
 * @param targets tensors the loss depends on.
 * @returns for each target, in order, a tensor of its shape.
 * @throws RangeError if the loss is no scalar or a target has no influence on it.
 * @example
 * const w = input('w', [3]);
 * const [dw] = gradients(sum(multiply(w, w)), [w]); // 2w
 */
export function gradients(loss: Tensor, targets: readonly Tensor[]): Tensor[] {
  if (loss.shape.length !== 0) throw new RangeError(`the loss has shape [${loss.shape}]; allowed: a scalar`);
  return transposedProducts([loss], [constant(1)], targets).map((gradient, index) => {
    if (gradient === null) throw new RangeError(`target ${index} has no influence on the loss`);
    return gradient;
  });
}

/**
 * Extends a graph by products of the Hessian of a scalar with a vector: a second reverse pass, over the graph of the first
 * one's gradients, since Hv = ∂⟨g, v⟩/∂w (Pearlmutter 1994, *Fast exact multiplication by the Hessian*). Exact: no step, no
 * difference. Where the loss has a kink (a ReLU at 0, a tie of a maximum) it is the Hessian of the side that the gradient
 * rules take.
 *
 * @param gradient as `gradients` gave it for these targets.
 * @param targets w, in parts.
 * @param vectors v, in parts of the targets' shapes.
 * @returns Hv in the same parts; null where no target's gradient depends on a part.
 * @example
 * const [w, v] = [input('w', [3]), input('v', [3])];
 * const gradient = gradients(sum(multiply(w, multiply(w, w))), [w]);
 * const [product] = hessianProducts(gradient, [w], [v]); // 6 w v
 */
export function hessianProducts(
  gradient: readonly Tensor[],
  targets: readonly Tensor[],
  vectors: readonly Tensor[],
): (Tensor | null)[] {
  return transposedProducts(gradient, vectors, targets);
}

/** Jᵀc for the Jacobian J of the outputs by the targets and cotangents c shaped as the outputs; null where J is 0. */
function transposedProducts(
  outputs: readonly Tensor[],
  cotangents: readonly Tensor[],
  targets: readonly Tensor[],
): (Tensor | null)[] {
  const order = topologicalOrder(outputs, influences);
  const wanted = new Set<Tensor>(targets);
  // Only what lies between a target and an output needs a gradient.
  for (const node of order) {
    if (influences(node).some((tensor) => wanted.has(tensor)))
      for (const output of node.outputs) wanted.add(output);
  }
  const gradientOf = new Map<Tensor, Tensor>();
  outputs.forEach((output, i) => {
    const known = gradientOf.get(output);
    gradientOf.set(output, known === undefined ? cotangents[i] : add(known, cotangents[i]));
  });
  for (const node of order.reverse()) {
    if (node.outputs.some((tensor) => wanted.has(tensor) && gradientOf.has(tensor))) {
      propagate(node, wanted, gradientOf);
    }
  }
  return targets.map((target) => gradientOf.get(target) ?? null);
}

/** The tensors by which a node's rule gives gradients, in its order. */
function influences({ inputs, gradientOnly = [] }: Node): readonly Tensor[] {
  return [...inputs, ...gradientOnly];
}

function propagate(node: Node, wanted: ReadonlySet<Tensor>, gradientOf: Map<Tensor, Tensor>): void {
  const received = node.outputs.map((output) => gradientOf.get(output) ?? null);
  const contributions = node.gradient(received);
  influences(node).forEach((tensor, index) => {
    const contribution = contributions[index] ?? null;
    if (contribution === null || !wanted.has(tensor)) return;
    const sum = gradientOf.get(tensor);
    // A rule may hand on what it received, or one tensor to two inputs: that is used elsewhere.
    const own = !received.includes(contribution) && contributions.indexOf(contribution) === index;
    gradientOf.set(
      tensor,
      sum === undefined ? contribution : own ? addToProduct(contribution, sum) : add(sum, contribution),
    );
  });
}
