import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import type { GraphNode, OnnxGraph } from './onnx-graph.ts';

/** An output of a node that is measured, a layer of the run. */
export interface Capture {
  /** The tensor's name in the model. */
  readonly output: string;
  /** The layer's name: the node's, or the tensor's where the node has none. */
  readonly name: string;
  readonly operator: string;
  readonly kind: 'convolution' | 'linear' | 'attention' | 'unknown';
}

/** What is captured, and what is not for which reason. */
export interface Captures {
  readonly layers: readonly Capture[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Operators whose outputs are layers, unless others are asked for. */
export const layerOperators = [
  'MatMul',
  'Gemm',
  'Conv',
  'Attention',
  'MultiHeadAttention',
  'GroupQueryAttention',
  'FusedMatMul',
  'FusedConv',
  'FusedGemm',
] as const;
/** `TensorProto.DataType` of what can be measured. */
const measurable: ReadonlyMap<number, string> = new Map([
  [1, 'float32'],
  [11, 'float64'],
]);
/** Operators whose outputs are of another type than their inputs, or no tensors at all. */
const changesType =
  /^(?:Cast|CastLike|Quantize|Dequantize|DynamicQuantize|Optional|Sequence|SplitToSequence|If|Loop|Scan|Shape|Size|ArgM|NonZero|Constant|Equal|Less|Greater|Not|And|Or|.*Integer|QLinear)/;

/**
 * The node outputs to capture: those of the operators that are layers, or those asked for by a node's name, an output's
 * name, or an operator. Declared types are read first: a model that is asked for an output of four-bit integers, or for one
 * that is optional, takes the whole process with it.
 *
 * @throws InputError for a name that is nowhere, or whose output is no tensor of real numbers; or if nothing is left.
 */
export function captures(graph: OnnxGraph, wanted: readonly string[] | null): Captures {
  const layers: Capture[] = [];
  const skipped: { name: string; reason: string }[] = [];
  const used = new Set<string>();
  for (const node of graph.nodes) {
    const [output] = node.output;
    const name = node.name === '' ? output : node.name;
    const by = (wanted ?? layerOperators).find((one) =>
      [node.opType, node.name, ...node.output].includes(one),
    );
    if (by === undefined || output === undefined || output === '') continue;
    const asked = wanted !== null && by !== node.opType;
    const taken = asked && node.output.includes(by) ? by : output;
    used.add(by);
    const reason = whyNot(graph, node, taken);
    if (reason === null)
      layers.push({
        output: taken,
        name: layers.some((layer) => layer.name === name) ? taken : name,
        operator: node.opType,
        kind: kindOf(node),
      });
    else if (asked)
      throw new InputError({
        file: graph.file,
        field: by,
        value: reason,
        allowed: 'outputs that are tensors of float32 or float64',
      });
    else skipped.push({ name, reason });
  }
  const unknown = (wanted ?? []).find((one) => !used.has(one));
  if (unknown !== undefined) {
    const names = graph.nodes.flatMap(({ name, output }) => [name, ...output]).filter((one) => one !== '');
    throw new InputError({
      file: graph.file,
      field: 'node',
      value: unknown,
      allowed: oneOf(unknown, [...new Set(names)]),
    });
  }
  if (layers.length === 0) {
    const inside = [...graph.hidden].map(([operator, count]) => `${count} ${operator}`).join(', ');
    throw new InputError({
      file: graph.file,
      field: 'layers',
      value: inside === '' ? 'none' : `none outside If, Loop, Scan and functions, which hold ${inside}`,
      allowed: `a graph with ${layerOperators.slice(0, 4).join(', ')} nodes of its own: export without control flow, with functions inlined`,
    });
  }
  return { layers, skipped };
}

/** Whether a node's output can be captured without taking the process along. */
export function isMeasurable(graph: OnnxGraph, node: GraphNode): boolean {
  return whyNot(graph, node, node.output[0]) === null;
}

function whyNot(graph: OnnxGraph, node: GraphNode, output: string): string | null {
  const declared = graph.declared.get(output)?.type;
  if (declared !== undefined && declared !== null) {
    if (declared.tensorType === null) return 'no tensor (a sequence, a map, or optional)';
    const { elemType } = declared.tensorType;
    return measurable.has(elemType) ? null : `of element type ${elemType}`;
  }
  return changesType.test(node.opType)
    ? `of ${node.opType}, whose output's type the model does not declare`
    : null;
}

function kindOf({ opType }: GraphNode): Capture['kind'] {
  if (/Conv/.test(opType)) return 'convolution';
  if (/MatMul|Gemm/.test(opType)) return 'linear';
  return /Attention/.test(opType) ? 'attention' : 'unknown';
}
