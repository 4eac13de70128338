import { InputError } from '../errors/input-error.ts';
import type { ModelParameter } from './model-parameters.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import { fieldsOf, lengthPrefix, varintBytes } from './protobuf-fields.ts';
import { type ReadBeside, type RealValues, rawBytes } from './tensor-values.ts';

/** A model with places for weights, which are written into its bytes. */
export interface ModelTemplate {
  /** The model as it stands; sessions are opened from it after `write`. */
  readonly bytes: Uint8Array;
  /** Writes the values of a parameter, rounded to the model's precision. */
  write(parameter: ModelParameter, values: RealValues): void;
}

const inGraph = { node: 1, initializer: 5, output: 12 } as const;
const inTensor = { dims: 1, dataType: 2, name: 8, raw: 9 } as const;
const bytesOfType: ReadonlyMap<number, number> = new Map([
  [1, 4],
  [11, 8],
]);
/** What one session takes as bytes. */
const largestModel = 2 ** 31 - 1;

/**
 * A copy of a model in which every given parameter is an initializer of its own, with a place for its values, and the given
 * tensors are outputs. Whatever else the model holds is copied as it stands; data beside the file are taken in.
 *
 * @throws InputError where a parameter is of a type that cannot be written, or the model becomes too large.
 */
export function modelTemplate(
  graph: OnnxGraph,
  parameters: readonly ModelParameter[],
  captures: readonly string[],
  readBeside: ReadBeside,
): ModelTemplate {
  const replaced = new Set(parameters.flatMap(({ kind, name }) => (kind === 'initializer' ? [name] : [])));
  const dropped = new Set(parameters.flatMap(({ node }) => (node === null ? [] : [node.field.start])));
  const parts: Uint8Array[] = [];
  for (const field of fieldsOf(graph.bytes, graph.field.from, graph.field.end, graph.file)) {
    if (field.number === inGraph.node && dropped.has(field.start)) continue;
    if (field.number !== inGraph.initializer) parts.push(graph.bytes.subarray(field.start, field.end));
  }
  for (const { name, field, message } of graph.initializers.values()) {
    if (replaced.has(name)) continue;
    const raw = message.dataLocation === 1 ? rawBytes(message, readBeside)! : null;
    if (raw === null) parts.push(graph.bytes.subarray(field.start, field.end));
    else parts.push(...tensorField(name, message.dims, message.dataType, raw));
  }
  const places = new Map<ModelParameter, Uint8Array>();
  for (const parameter of parameters) {
    const size = bytesOfType.get(parameter.dataType);
    if (size === undefined) {
      throw new InputError({
        file: graph.file,
        field: parameter.name,
        value: `element type ${parameter.dataType}`,
        allowed: 'parameters in float32 or float64: export the model in float32',
      });
    }
    const raw = new Uint8Array(size * parameter.shape.reduce((product, extent) => product * extent, 1));
    places.set(parameter, raw);
    parts.push(...tensorField(parameter.name, parameter.shape, parameter.dataType, raw));
  }
  const named = new Set(graph.outputs.map(({ name }) => name));
  for (const name of captures)
    if (!named.has(name)) parts.push(...messageField(inGraph.output, [textField(1, name)]));

  const top = [...fieldsOf(graph.bytes, 0, graph.bytes.length, graph.file)].filter(
    ({ start }) => start !== graph.field.start,
  );
  const all = [
    ...top.map(({ start, end }) => graph.bytes.subarray(start, end)),
    lengthPrefix(7, lengthOf(parts)),
    ...parts,
  ];
  const size = lengthOf(all);
  if (size > largestModel) {
    throw new InputError({
      file: graph.file,
      field: 'size with its weights',
      value: size,
      allowed: `at most ${largestModel} bytes`,
    });
  }
  const bytes = new Uint8Array(size);
  const offsets = new Map<Uint8Array, number>();
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    offsets.set(part, at);
    at += part.length;
  }
  return {
    bytes,
    write: (parameter, values) => {
      const raw = places.get(parameter)!;
      const typed =
        bytesOfType.get(parameter.dataType) === 4 ? Float32Array.from(values) : Float64Array.from(values);
      if (typed.byteLength !== raw.length)
        throw new RangeError(`${parameter.name} takes ${raw.length} bytes, not ${typed.byteLength}`);
      bytes.set(new Uint8Array(typed.buffer), offsets.get(raw)!);
    },
  };
}

/** A `TensorProto` among the graph's initializers; its elements are the last part. */
function tensorField(
  name: string,
  shape: readonly number[],
  dataType: number,
  raw: Uint8Array,
): Uint8Array[] {
  const dims = shape.flatMap((extent) => [inTensor.dims * 8, ...varintBytes(extent)]);
  return messageField(inGraph.initializer, [
    Uint8Array.from([...dims, inTensor.dataType * 8, ...varintBytes(dataType)]),
    textField(inTensor.name, name),
    lengthPrefix(inTensor.raw, raw.length),
    raw,
  ]);
}

function messageField(number: number, content: readonly Uint8Array[]): Uint8Array[] {
  return [lengthPrefix(number, lengthOf(content)), ...content];
}

function textField(number: number, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return Uint8Array.from([...lengthPrefix(number, bytes.length), ...bytes]);
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
