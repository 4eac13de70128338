import protobuf from 'protobufjs/light.js';

/**
 * The parts of onnx.proto (ONNX 1.20, Apache-2.0) that a probe reads. Graphs inside attributes are taken as bytes: they are
 * walked one level at a time.
 */
const onnx = protobuf.Root.fromJSON({
  nested: {
    OperatorSetIdProto: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    NodeProto: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'AttributeProto', id: 5 },
        domain: { type: 'string', id: 7 },
      },
    },
    AttributeProto: {
      fields: {
        name: { type: 'string', id: 1 },
        t: { type: 'bytes', id: 5 },
        g: { type: 'bytes', id: 6 },
        graphs: { rule: 'repeated', type: 'bytes', id: 11 },
      },
    },
    TensorProto: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        floatData: { rule: 'repeated', type: 'float', id: 4 },
        int32Data: { rule: 'repeated', type: 'int32', id: 5 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
        doubleData: { rule: 'repeated', type: 'double', id: 10 },
        externalData: { rule: 'repeated', type: 'StringStringEntryProto', id: 13 },
        dataLocation: { type: 'int32', id: 14 },
      },
    },
    StringStringEntryProto: { fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    ValueInfoProto: { fields: { name: { type: 'string', id: 1 }, type: { type: 'TypeProto', id: 2 } } },
    TypeProto: {
      fields: {
        tensorType: { type: 'TypeProtoTensor', id: 1 },
        sequenceType: { type: 'bytes', id: 4 },
        mapType: { type: 'bytes', id: 5 },
        optionalType: { type: 'bytes', id: 9 },
      },
    },
    TypeProtoTensor: {
      fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'TensorShapeProto', id: 2 } },
    },
    TensorShapeProto: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 1 } } },
    Dimension: { fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } } },
  },
});

export interface NodeMessage {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  readonly attribute: readonly {
    readonly name: string;
    /** Empty where absent, as the next. */
    readonly t: Uint8Array;
    readonly g: Uint8Array;
    readonly graphs: readonly Uint8Array[];
  }[];
}

export interface TensorMessage {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly floatData: readonly number[];
  readonly doubleData: readonly number[];
  readonly int32Data: readonly number[];
  readonly name: string;
  readonly rawData: Uint8Array;
  readonly externalData: readonly { readonly key: string; readonly value: string }[];
  readonly dataLocation: number;
}

export interface ValueMessage {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: {
        readonly dim: readonly { readonly dimValue: number; readonly dimParam: string }[];
      } | null;
    } | null;
    readonly sequenceType: Uint8Array;
    readonly mapType: Uint8Array;
    readonly optionalType: Uint8Array;
  } | null;
}

function decoder<T>(name: string): (bytes: Uint8Array) => T {
  const type = onnx.lookupType(name);
  return (bytes) => type.toObject(type.decode(bytes), { longs: Number, arrays: true, defaults: true }) as T;
}

/** Each throws what protobufjs throws where the bytes are no such message. */
export const decodeNode = decoder<NodeMessage>('NodeProto');
export const decodeTensorMessage = decoder<TensorMessage>('TensorProto');
export const decodeValue = decoder<ValueMessage>('ValueInfoProto');
