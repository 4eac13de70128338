import { type Capture, type Captures, captures, isMeasurable } from './captures.ts';
import type { GraphNode, OnnxGraph } from './onnx-graph.ts';

/** A softmax whose output may be what attention looks at. */
export interface AttentionOutput {
  /** The node's name, or the tensor's where it has none. */
  readonly name: string;
  readonly output: string;
}

/** What is captured to look inside a network. */
export interface InsideCaptures extends Captures {
  readonly attention: readonly AttentionOutput[];
  /** Tensors of `attention`. */
  readonly raw: readonly string[];
  /** Layers that are taken after their nonlinearity, by name, and which that is. */
  readonly nonlinearities: ReadonlyMap<string, string>;
}

const nonlinearities = new Set([
  'Relu',
  'Gelu',
  'FastGelu',
  'Tanh',
  'Sigmoid',
  'LeakyRelu',
  'PRelu',
  'Elu',
  'Celu',
  'Selu',
  'Softplus',
  'HardSwish',
  'HardSigmoid',
  'Mish',
  'ThresholdedRelu',
]);

/** Operators that a layer's own output goes through on its way to the nonlinearity: its bias, its normalization. */
const onTheWay = new Set(['Add', 'BatchNormalization', 'Identity', 'Dropout']);

/**
 * The layers of a graph after their nonlinearity, where one follows them and nothing else reads what is between, and the
 * softmaxes inside it. Nodes that are asked for by name are taken as they are.
 *
 * @throws InputError as `captures` does.
 */
export function insideCaptures(graph: OnnxGraph, wanted: readonly string[] | null): InsideCaptures {
  const { layers, skipped } = captures(graph, wanted);
  const readers = readersOf(graph);
  const constants = new Set(
    graph.nodes.flatMap(({ opType, output }) => (opType === 'Constant' ? [output[0]] : [])),
  );
  const isHeld = (name: string): boolean => graph.initializers.has(name) || constants.has(name);
  const followed = new Map<string, string>();
  const taken = new Set<string>();
  const after = layers.map((layer): Capture => {
    const next = wanted === null ? nonlinearityAfter(graph, readers, isHeld, layer.output) : null;
    if (next === null || taken.has(next.output[0])) return layer;
    taken.add(next.output[0]);
    followed.set(layer.name, next.opType);
    return { ...layer, output: next.output[0] };
  });
  const own = new Set(graph.outputs.map(({ name }) => name));
  const attention = graph.nodes
    .filter((node) => node.opType === 'Softmax' && !own.has(node.output[0]) && isMeasurable(graph, node))
    .map(({ name, output: [output] }) => ({ name: name === '' ? output : name, output }));
  return {
    layers: after,
    skipped,
    attention,
    raw: attention.map(({ output }) => output),
    nonlinearities: followed,
  };
}

function readersOf({ nodes }: OnnxGraph): ReadonlyMap<string, readonly GraphNode[]> {
  const readers = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    for (const name of new Set(node.input)) {
      const known = readers.get(name);
      if (known === undefined) readers.set(name, [node]);
      else known.push(node);
    }
  }
  return readers;
}

function nonlinearityAfter(
  graph: OnnxGraph,
  readers: ReadonlyMap<string, readonly GraphNode[]>,
  isHeld: (name: string) => boolean,
  from: string,
): GraphNode | null {
  const seen = new Set<string>();
  for (let at = from; !seen.has(at); ) {
    seen.add(at);
    const next = readers.get(at) ?? [];
    if (next.length !== 1) return null;
    const [node] = next;
    if (nonlinearities.has(node.opType)) return isMeasurable(graph, node) ? node : null;
    // A sum of two layers is no layer's own output any more.
    const isOwn = node.opType !== 'Add' || node.input.every((name) => name === at || isHeld(name));
    if (!onTheWay.has(node.opType) || !isOwn) return null;
    at = node.output[0];
  }
  return null;
}
