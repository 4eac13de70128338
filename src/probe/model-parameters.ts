import type { GraphNode, OnnxGraph } from './onnx-graph.ts';
import { decodeTensorMessage, type TensorMessage } from './onnx-messages.ts';
import { isRealType, type ReadBeside, type RealValues, realValues } from './tensor-values.ts';

/** A tensor of real numbers that a model holds, and that a checkpoint's weight may be. */
export interface ModelParameter {
  /** Under which nodes read it. */
  readonly name: string;
  readonly shape: readonly number[];
  /** `TensorProto.DataType`. */
  readonly dataType: number;
  /**
   * `initializer`; `merged`, an Identity of an initializer, by which exporters keep the name of a parameter that was equal
   * to another when it was exported; `constant`, the value of a Constant node.
   */
  readonly kind: 'initializer' | 'merged' | 'constant';
  /** The initializer that a merged parameter was merged into. */
  readonly mergedInto: string | null;
  /** The node that gives way when the parameter becomes an initializer of its own; null for an initializer. */
  readonly node: GraphNode | null;
  /** As exported. */
  values(): RealValues;
}

/** The parameters of a model, in its order. */
export function modelParameters(graph: OnnxGraph, readBeside: ReadBeside): ModelParameter[] {
  const parameter = (
    name: string,
    message: TensorMessage,
    facts: Pick<ModelParameter, 'kind' | 'mergedInto' | 'node'>,
  ): ModelParameter => ({
    name,
    shape: message.dims,
    dataType: message.dataType,
    ...facts,
    values: () => realValues(message, readBeside, graph.file)!,
  });
  const found: ModelParameter[] = [];
  for (const { name, message } of graph.initializers.values()) {
    if (isRealType(message.dataType)) {
      found.push(parameter(name, message, { kind: 'initializer', mergedInto: null, node: null }));
    }
  }
  for (const node of graph.nodes) {
    const [name] = node.output;
    if (node.opType === 'Identity') {
      const source = graph.initializers.get(node.input[0]);
      if (source !== undefined && isRealType(source.dataType)) {
        found.push(parameter(name, source.message, { kind: 'merged', mergedInto: source.name, node }));
      }
    } else if (node.opType === 'Constant') {
      const value = node.attribute.find((attribute) => attribute.name === 'value');
      if (value === undefined || value.t.length === 0) continue;
      const message = decodeTensorMessage(value.t);
      if (isRealType(message.dataType)) {
        found.push(parameter(name, message, { kind: 'constant', mergedInto: null, node }));
      }
    }
  }
  return found;
}
