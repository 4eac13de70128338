import type { Node, Tensor } from './tensor.ts';

/**
 * The nodes that the given tensors depend on, each after the nodes it uses; the same graph gives the same order.
 *
 * @param uses what counts as used; the inputs unless told otherwise.
 */
export function topologicalOrder(
  tensors: readonly Tensor[],
  uses: (node: Node) => readonly Tensor[] = ({ inputs }) => inputs,
): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  // An explicit stack: a deep network's graph is longer than the call stack should be trusted with.
  const stack: { node: Node; used: readonly Tensor[]; next: number }[] = [];
  const push = (tensor: Tensor): void => {
    const { source } = tensor;
    if (source.kind !== 'node' || seen.has(source)) return;
    seen.add(source);
    stack.push({ node: source, used: uses(source), next: 0 });
  };
  for (const tensor of tensors) {
    push(tensor);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.next < top.used.length) {
        push(top.used[top.next++]);
      } else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}
