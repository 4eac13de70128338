import type { Node, Tensor } from './tensor.ts';
import { topologicalOrder } from './topological-order.ts';

/** The same outputs without operators that the runtime has in float32 only. */
export function inFloat64(outputs: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const replaced = new Map<Tensor, Tensor>();
  const current = (tensor: Tensor): Tensor => replaced.get(tensor) ?? tensor;
  for (const node of topologicalOrder([...outputs.values()])) {
    const inputs = node.inputs.map(current);
    if (node.inFloat64 !== undefined) {
      node.inFloat64(inputs).forEach((tensor, i) => {
        replaced.set(node.outputs[i], tensor);
      });
    } else if (inputs.some((tensor, i) => tensor !== node.inputs[i])) replaceOutputs(node, inputs, replaced);
  }
  return new Map([...outputs].map(([name, tensor]) => [name, current(tensor)]));
}

function replaceOutputs(node: Node, inputs: readonly Tensor[], replaced: Map<Tensor, Tensor>): void {
  const outputs: Tensor[] = [];
  const source: Node = { ...node, inputs, outputs };
  for (const output of node.outputs) {
    outputs.push({ ...output, source });
    replaced.set(output, outputs[outputs.length - 1]);
  }
}
