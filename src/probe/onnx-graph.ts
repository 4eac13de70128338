import { InputError } from '../errors/input-error.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import {
  decodeNode,
  decodeTensorMessage,
  decodeValue,
  type NodeMessage,
  type TensorMessage,
  type ValueMessage,
} from './onnx-messages.ts';
import { fieldsOf, type ProtobufField } from './protobuf-fields.ts';

/** A node of the graph itself, and where it stands. */
export interface GraphNode extends NodeMessage {
  readonly field: ProtobufField;
}

/** A tensor that the model holds, and where it stands. */
export interface Initializer {
  readonly name: string;
  readonly shape: readonly number[];
  /** `TensorProto.DataType`. */
  readonly dataType: number;
  readonly field: ProtobufField;
  readonly message: TensorMessage;
}

/** The graph of an ONNX model, whose bytes stay as they are. */
export interface OnnxGraph {
  readonly bytes: Uint8Array;
  readonly file: string;
  /** The graph's field of the model. */
  readonly field: ProtobufField;
  readonly nodes: readonly GraphNode[];
  readonly initializers: ReadonlyMap<string, Initializer>;
  /** Inputs that are no initializers. */
  readonly inputs: readonly ValueMessage[];
  readonly outputs: readonly ValueMessage[];
  /** Declared types by name: inputs, outputs and what is between them. */
  readonly declared: ReadonlyMap<string, ValueMessage>;
  /** Nodes inside If, Loop, Scan and functions by operator: they are not measured. */
  readonly hidden: ReadonlyMap<string, number>;
}

/** Fields of `ModelProto`, `FunctionProto` and `GraphProto`. */
const fieldNumbers = { graph: 7, functions: 25, functionNode: 7 } as const;
const inGraph = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 } as const;
const deepest = 20;
/** The objects that stand for a node, a tensor or a value, beside their texts. */
const bytesPerPart = 512;

/**
 * Reads the graph of an ONNX model.
 *
 * @throws InputError where the bytes are no model.
 * @example
 * readOnnxGraph(bytes, 'model.onnx').nodes[1].opType; // 'MatMul'
 */
export function readOnnxGraph(bytes: Uint8Array, file: string): OnnxGraph {
  try {
    return readGraph(bytes, file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({ file, allowed: 'an undamaged ONNX model' });
  }
}

function readGraph(bytes: Uint8Array, file: string): OnnxGraph {
  const top = [...fieldsOf(bytes, 0, bytes.length, file)];
  const field = top.filter(({ number, wire }) => number === fieldNumbers.graph && wire === 2).at(-1);
  if (field === undefined) throw new InputError({ file, allowed: 'an ONNX model with a graph' });
  const nodes: GraphNode[] = [];
  const initializers = new Map<string, Initializer>();
  const inputs: ValueMessage[] = [];
  const outputs: ValueMessage[] = [];
  const declared = new Map<string, ValueMessage>();
  const hidden = new Map<string, number>();
  const budget = new MemoryBudget(bytes.length, file);
  for (const part of fieldsOf(bytes, field.from, field.end, file)) {
    budget.take(bytesPerPart, 'nodes and tensors');
    const content = bytes.subarray(part.from, part.end);
    if (part.number === inGraph.node) {
      const node = decodeNode(content);
      nodes.push({ ...node, field: part });
      countInside(node, hidden, 0, file);
    } else if (part.number === inGraph.initializer) {
      const message = decodeTensorMessage(content);
      const { name, dims: shape, dataType } = message;
      initializers.set(name, { name, shape, dataType, field: part, message });
    } else if (
      part.number === inGraph.input ||
      part.number === inGraph.output ||
      part.number === inGraph.valueInfo
    ) {
      const value = decodeValue(content);
      declared.set(value.name, value);
      if (part.number === inGraph.input) inputs.push(value);
      if (part.number === inGraph.output) outputs.push(value);
    }
  }
  for (const { number, from, end } of top) {
    if (number !== fieldNumbers.functions) continue;
    for (const part of fieldsOf(bytes, from, end, file)) {
      if (part.number === fieldNumbers.functionNode) {
        countHidden(decodeNode(bytes.subarray(part.from, part.end)), hidden, 0, file);
      }
    }
  }
  // Before version 4 of the format every initializer was an input, too.
  const free = inputs.filter(({ name }) => !initializers.has(name));
  return { bytes, file, field, nodes, initializers, inputs: free, outputs, declared, hidden };
}

function countHidden(node: NodeMessage, hidden: Map<string, number>, depth: number, file: string): void {
  hidden.set(node.opType, (hidden.get(node.opType) ?? 0) + 1);
  countInside(node, hidden, depth, file);
}

/** Counts the nodes of graphs in a node's attributes. */
function countInside(node: NodeMessage, hidden: Map<string, number>, depth: number, file: string): void {
  if (depth > deepest)
    throw new InputError({ file, field: 'nesting', allowed: `graphs in graphs up to depth ${deepest}` });
  for (const { g, graphs } of node.attribute) {
    for (const graph of [g, ...graphs]) {
      if (graph.length === 0) continue;
      for (const { number, from, end } of fieldsOf(graph, 0, graph.length, file)) {
        if (number === inGraph.node)
          countHidden(decodeNode(graph.subarray(from, end)), hidden, depth + 1, file);
      }
    }
  }
}
