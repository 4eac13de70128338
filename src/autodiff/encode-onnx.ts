import { inFloat64 } from './in-float64.ts';
import { attributeTypes, dataTypes, ModelProto } from './onnx-schema.ts';
import {
  type Attribute,
  type ElementType,
  type Node,
  neverDifferentiated,
  operation,
  type Tensor,
} from './tensor.ts';
import { topologicalOrder } from './topological-order.ts';

export type Precision = 'float32' | 'float64';

/** Operator set 17 and file version 8 (ONNX 1.12): the newest set in which no operator used here needs a later runtime. */
const operatorSet = 17;
const fileVersion = 8;

/** ONNX Runtime's own operators. */
const runtimeDomain = 'com.microsoft';
const runtimeOperators: ReadonlySet<string> = new Set(['FusedMatMul']);

/**
 * Writes the graph that computes the given outputs as an ONNX model.
 *
 * @param outputs the tensors to compute, by the name under which the runtime returns them.
 * @param precision of all real numbers in it; float64 is for checking gradients.
 * @param inputs graph inputs to declare; every input that the outputs use must be among them.
 * @returns the bytes of a `ModelProto`; the same graph gives the same bytes.
 */
export function encodeOnnx(
  inputs: readonly Tensor[],
  outputs: ReadonlyMap<string, Tensor>,
  precision: Precision = 'float32',
): Uint8Array {
  const named = nameOutputs(precision === 'float64' ? inFloat64(outputs) : outputs);
  const order = topologicalOrder([...named.values()]);
  const names = nameTensors(inputs, named, order);
  const graph = {
    name: 'rankscope',
    node: order.map((node, index) => encodeNode(node, index, names, precision)),
    initializer: [...names].flatMap(([tensor, name]) => encodeConstant(tensor, name, precision)),
    input: inputs.map((tensor) => valueInfo(names.get(tensor)!, tensor, precision)),
    output: [...named].map(([name, tensor]) => valueInfo(name, tensor, precision)),
  };
  const model = {
    irVersion: fileVersion,
    producerName: 'rankscope',
    graph,
    opsetImport: [
      { domain: '', version: operatorSet },
      { domain: runtimeDomain, version: 1 },
    ],
  };
  return ModelProto.encode(ModelProto.create(model)).finish();
}

/** A tensor that is an input, a constant or already an output under another name needs a node of its own. */
function nameOutputs(outputs: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const taken = new Set<Tensor>();
  const named = new Map<string, Tensor>();
  for (const [name, tensor] of outputs) {
    const free = tensor.source.kind === 'node' && !taken.has(tensor);
    const output = free
      ? tensor
      : operation('Identity', [tensor], tensor.shape, neverDifferentiated, {}, tensor.type);
    taken.add(output);
    named.set(name, output);
  }
  return named;
}

function nameTensors(
  inputs: readonly Tensor[],
  outputs: ReadonlyMap<string, Tensor>,
  order: readonly Node[],
): Map<Tensor, string> {
  const names = new Map<Tensor, string>();
  for (const tensor of inputs) if (tensor.source.kind === 'input') names.set(tensor, tensor.source.name);
  for (const [name, tensor] of outputs) names.set(tensor, name);
  let counter = 0;
  for (const node of order) {
    for (const tensor of [...node.inputs, ...node.outputs]) {
      if (names.has(tensor)) continue;
      if (tensor.source.kind === 'input') throw new RangeError(`input ${tensor.source.name} is not declared`);
      names.set(tensor, `#${counter++}`);
    }
  }
  return names;
}

function encodeNode(node: Node, index: number, names: ReadonlyMap<Tensor, string>, precision: Precision) {
  const isCast = node.operator === 'CastToReal';
  const attributes: Readonly<Record<string, Attribute>> = isCast
    ? { to: { int: dataTypes[precision] } }
    : node.attributes;
  return {
    name: `${index}`,
    opType: isCast ? 'Cast' : node.operator,
    domain: runtimeOperators.has(node.operator) ? runtimeDomain : '',
    input: node.inputs.map((tensor) => names.get(tensor)),
    output: node.outputs.map((tensor) => names.get(tensor)),
    attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...encodeAttribute(value) })),
  };
}

function encodeAttribute(attribute: Attribute) {
  if ('int' in attribute) return { i: attribute.int, type: attributeTypes.int };
  if ('float' in attribute) return { f: attribute.float, type: attributeTypes.float };
  return { ints: attribute.ints, type: attributeTypes.ints };
}

function encodeConstant(tensor: Tensor, name: string, precision: Precision) {
  if (tensor.source.kind !== 'constant') return [];
  const { values } = tensor.source;
  const encoded =
    tensor.type === 'index'
      ? BigInt64Array.from(values, BigInt)
      : precision === 'float64'
        ? Float64Array.from(values)
        : Float32Array.from(values);
  const rawData = new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  return [{ name, dims: tensor.shape, dataType: dataTypeOf(tensor.type, precision), rawData }];
}

function valueInfo(name: string, { shape, type }: Tensor, precision: Precision) {
  const elemType = dataTypeOf(type, precision);
  return {
    name,
    type: { tensorType: { elemType, shape: { dim: shape.map((dimValue) => ({ dimValue })) } } },
  };
}

function dataTypeOf(type: ElementType, precision: Precision): number {
  return type === 'index' ? dataTypes.int64 : type === 'boolean' ? dataTypes.boolean : dataTypes[precision];
}
