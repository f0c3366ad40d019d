import protobuf from 'protobufjs';

/** The messages of onnx.proto (onnx/onnx, IR version 8) that networks are made of, by its field numbers. */
const { root } = protobuf.parse(`
  syntax = "proto2";
  message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
  message StringStringEntryProto { optional string key = 1; optional string value = 2; }
  message TensorProto {
    repeated int64 dims = 1; optional int32 data_type = 2; repeated float float_data = 4 [packed = true];
    repeated int32 int32_data = 5 [packed = true]; repeated int64 int64_data = 7 [packed = true];
    optional string name = 8; optional bytes raw_data = 9; repeated StringStringEntryProto external_data = 13;
    optional int32 data_location = 14;
  }
  message AttributeProto {
    optional string name = 1; optional float f = 2; optional int64 i = 3; optional bytes s = 4; optional TensorProto t = 5;
    repeated float floats = 7; repeated int64 ints = 8; optional int32 type = 20;
  }
  message NodeProto {
    repeated string input = 1; repeated string output = 2; optional string name = 3; optional string op_type = 4;
    repeated AttributeProto attribute = 5; optional string domain = 7;
  }
  message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }
  message TensorShapeProto { repeated Dimension dim = 1; }
  message TensorTypeProto { optional int32 elem_type = 1; optional TensorShapeProto shape = 2; }
  message TypeProto { optional TensorTypeProto tensor_type = 1; }
  message ValueInfoProto { optional string name = 1; optional TypeProto type = 2; }
  message GraphProto {
    repeated NodeProto node = 1; optional string name = 2; repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12;
  }
  message ModelProto {
    optional int64 ir_version = 1; repeated OperatorSetIdProto opset_import = 8; optional string producer_name = 2;
    optional GraphProto graph = 7;
  }
`);
const ModelProto = root.lookupType('ModelProto');

type Attributes = Readonly<Record<string, number | string | readonly number[]>>;

export interface OnnxFileNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string | readonly string[];
  readonly name?: string;
  readonly attributes?: Attributes;
}

export interface OnnxConstant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: ArrayLike<number>;
  /** 1 float (unless given), 2 uint8, 3 int8, 6 int32, 7 int64. */
  readonly dataType?: number;
  readonly isExternal?: boolean;
}

export interface OnnxFile {
  readonly input: readonly (number | string)[];
  readonly nodes: readonly OnnxFileNode[];
  readonly constants?: readonly OnnxConstant[];
  /** Values that the network gives; that of the last node unless told. */
  readonly outputs?: readonly string[];
}

function attribute([name, value]: [string, number | string | readonly number[]]): object {
  if (typeof value === 'string') return { name, s: new TextEncoder().encode(value), type: 3 };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { name, i: value, type: 2 } : { name, f: value, type: 1 };
  return { name, ints: value, type: 7 };
}

function initializer({ name, dims, values, dataType = 1, isExternal }: OnnxConstant): object {
  const list = Array.from(values);
  const base = { name, dims, dataType };
  if (isExternal)
    return { ...base, dataLocation: 1, externalData: [{ key: 'location', value: 'weights.bin' }] };
  if (dataType === 7) return { ...base, int64Data: list };
  // Weights are raw bytes as exporters write them, small constants are lists.
  if (dataType === 1) return { ...base, rawData: new Uint8Array(Float32Array.from(list).buffer) };
  return { ...base, int32Data: list };
}

/** An ONNX file whose input is "x". */
export function onnxFile({
  input,
  nodes,
  constants = [],
  outputs = [nodes.at(-1)!.output].flat(),
}: OnnxFile): Uint8Array {
  const dim = input.map((side) => (typeof side === 'string' ? { dimParam: side } : { dimValue: side }));
  return ModelProto.encode(
    ModelProto.fromObject({
      irVersion: 8,
      opsetImport: [{ domain: '', version: 13 }],
      producerName: 'test',
      graph: {
        name: 'g',
        node: nodes.map(({ op, name = '', inputs, output, attributes = {} }) => ({
          ...{ opType: op, name, input: inputs, output: [output].flat() },
          attribute: Object.entries(attributes).map(attribute),
        })),
        initializer: constants.map(initializer),
        input: [{ name: 'x', type: { tensorType: { elemType: 1, shape: { dim } } } }],
        output: outputs.map((name) => ({ name })),
      },
    }),
  ).finish();
}

/** An ONNX file as plain messages, by the names of their fields; bytes are Base64. */
export function onnxToObject(file: Uint8Array): Record<string, unknown> {
  return ModelProto.toObject(ModelProto.decode(file), { longs: Number, bytes: String });
}

/** The file of plain messages; those that protobuf cannot write throw. */
export function onnxFromObject(model: Record<string, unknown>): Uint8Array {
  return ModelProto.encode(ModelProto.fromObject(model)).finish();
}
