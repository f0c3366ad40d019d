import { PbfReader } from 'pbf';
import { FormatError } from '../../../errors.ts';
import { quote } from '../../graph/quote.ts';

/** TensorProto, as far as a reader of networks needs it (onnx.proto). */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** TensorProto.DataType: 1 float, 2 uint8, 3 int8, 6 int32, 7 int64. */
  readonly dataType: number;
  readonly values: readonly number[];
  /** Its numbers lie in another file. */
  readonly isExternal: boolean;
  /** Its numbers are not known, `values` is empty. */
  readonly isOpen?: boolean;
}

export interface OnnxAttribute {
  readonly name: string;
  readonly f?: number;
  readonly i?: number;
  readonly s?: string;
  readonly t?: OnnxTensor;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
}

export interface OnnxNode {
  readonly op: string;
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** ValueInfoProto: a side is -1 where it is not a number. */
export interface OnnxValue {
  readonly name: string;
  readonly dataType: number;
  readonly dims: readonly number[];
}

export interface OnnxModel {
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

type Field<T> = (tag: number, into: T, pbf: PbfReader) => void;
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const message = <T>(pbf: PbfReader, read: Field<T>, into: T): T =>
  pbf.readFields(read as never, into, pbf.readVarint() + pbf.pos);

/** Numbers of a packed or a repeated field. */
function numbers(pbf: PbfReader, into: number[], read: () => number): void {
  const isPacked = pbf.type === 2;
  const end = isPacked ? pbf.readVarint() + pbf.pos : pbf.pos;
  do into.push(read());
  while (isPacked && pbf.pos < end);
}

interface RawTensor {
  name: string;
  dims: number[];
  dataType: number;
  values: number[];
  raw?: Uint8Array;
  isExternal: boolean;
}

const TENSOR: Field<RawTensor> = (tag, tensor, pbf) => {
  if (tag === 1) numbers(pbf, tensor.dims, () => pbf.readVarint(true));
  else if (tag === 2) tensor.dataType = pbf.readVarint();
  else if (tag === 4) numbers(pbf, tensor.values, () => pbf.readFloat());
  else if (tag === 5 || tag === 7) numbers(pbf, tensor.values, () => pbf.readVarint(true));
  else if (tag === 8) tensor.name = pbf.readString();
  else if (tag === 9) tensor.raw = pbf.readBytes();
  else if (tag === 10) numbers(pbf, tensor.values, () => pbf.readDouble());
  else if (tag === 13) tensor.isExternal = true;
};

function readTensor(pbf: PbfReader): OnnxTensor {
  const empty: RawTensor = { name: '', dims: [], dataType: 0, values: [], isExternal: false };
  const { raw, values, ...rest } = message(pbf, TENSOR, empty);
  return { ...rest, values: raw ? rawValues(raw, rest.dataType) : values };
}

const RAW: Readonly<Record<number, (view: DataView, at: number) => number>> = {
  1: (view, at) => view.getFloat32(4 * at, true),
  2: (view, at) => view.getUint8(at),
  3: (view, at) => view.getInt8(at),
  6: (view, at) => view.getInt32(4 * at, true),
  7: (view, at) => Number(view.getBigInt64(8 * at, true)),
  9: (view, at) => view.getUint8(at),
  11: (view, at) => view.getFloat64(8 * at, true),
};
const BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 1, 3: 1, 6: 4, 7: 8, 9: 1, 11: 8 };

function rawValues(raw: Uint8Array, dataType: number): number[] {
  const read = RAW[dataType];
  if (!read) throw new FormatError(`a constant has the element type ${dataType}, which is not read`);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: Math.floor(raw.length / BYTES[dataType]) }, (_, at) => read(view, at));
}

const ATTRIBUTE: Field<Writable<OnnxAttribute> & { floats: number[]; ints: number[] }> = (
  tag,
  attribute,
  pbf,
) => {
  if (tag === 1) attribute.name = pbf.readString();
  else if (tag === 2) attribute.f = pbf.readFloat();
  else if (tag === 3) attribute.i = pbf.readVarint(true);
  else if (tag === 4) attribute.s = pbf.readString();
  else if (tag === 5) attribute.t = readTensor(pbf);
  else if (tag === 7) numbers(pbf, attribute.floats, () => pbf.readFloat());
  else if (tag === 8) numbers(pbf, attribute.ints, () => pbf.readVarint(true));
};

interface RawNode {
  op: string;
  name: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Map<string, OnnxAttribute>;
}

const NODE: Field<RawNode> = (tag, node, pbf) => {
  if (tag === 1) node.inputs.push(pbf.readString());
  else if (tag === 2) node.outputs.push(pbf.readString());
  else if (tag === 3) node.name = pbf.readString();
  else if (tag === 4) node.op = pbf.readString();
  else if (tag === 7) node.domain = pbf.readString();
  else if (tag === 5) {
    const attribute = message(pbf, ATTRIBUTE, { name: '', floats: [], ints: [] });
    node.attributes.set(attribute.name, attribute);
  }
};

const DIMENSION: Field<{ side: number }> = (tag, dimension, pbf) => {
  if (tag === 1) dimension.side = pbf.readVarint(true);
};
const SHAPE: Field<number[]> = (tag, dims, pbf) => {
  if (tag === 1) dims.push(message(pbf, DIMENSION, { side: -1 }).side);
};
const TENSOR_TYPE: Field<Writable<OnnxValue>> = (tag, value, pbf) => {
  if (tag === 1) value.dataType = pbf.readVarint();
  else if (tag === 2) value.dims = message(pbf, SHAPE, []);
};
const TYPE: Field<Writable<OnnxValue>> = (tag, value, pbf) => {
  if (tag === 1) message(pbf, TENSOR_TYPE, value);
};
const VALUE: Field<Writable<OnnxValue>> = (tag, value, pbf) => {
  if (tag === 1) value.name = pbf.readString();
  else if (tag === 2) message(pbf, TYPE, value);
};

interface RawModel {
  opset: number;
  nodes: OnnxNode[];
  initializers: OnnxTensor[];
  inputs: OnnxValue[];
  outputs: OnnxValue[];
}

const GRAPH: Field<RawModel> = (tag, model, pbf) => {
  const value = () => message(pbf, VALUE, { name: '', dataType: 0, dims: [] });
  if (tag === 1) {
    const node = { op: '', name: '', domain: '', inputs: [], outputs: [], attributes: new Map() };
    model.nodes.push(message<RawNode>(pbf, NODE, node));
  } else if (tag === 5) model.initializers.push(readTensor(pbf));
  else if (tag === 11) model.inputs.push(value());
  else if (tag === 12) model.outputs.push(value());
};
const OPSET: Field<{ domain: string; version: number }> = (tag, opset, pbf) => {
  if (tag === 1) opset.domain = pbf.readString();
  else if (tag === 2) opset.version = pbf.readVarint(true);
};
const MODEL: Field<RawModel> = (tag, model, pbf) => {
  if (tag === 7) message(pbf, GRAPH, model);
  else if (tag === 8) {
    const { domain, version } = message(pbf, OPSET, { domain: '', version: 0 });
    if (domain === '' || domain === 'ai.onnx') model.opset = version;
  }
};

/** Whoever reads a constant trusts its sides: a list of a thousand million would be made of a few bytes. */
function requireWhole({ name, dims, values, isExternal }: OnnxTensor, file: string): void {
  const count = dims.reduce((all, side) => all * side, 1);
  if (isExternal || (count === values.length && dims.every((side) => side >= 0))) return;
  const [what, sides] = [quote(name), quote(dims.join(', '))];
  throw new FormatError(`${file}: the constant ${what} has ${values.length} numbers, its sides are ${sides}`);
}

function* constantsOf({ initializers, nodes }: OnnxModel): Generator<OnnxTensor> {
  yield* initializers;
  for (const { attributes } of nodes) for (const { t } of attributes.values()) if (t) yield t;
}

/** A ModelProto by the field numbers of onnx.proto. Throws a FormatError for bytes that are none. */
export function readModelProto(bytes: Uint8Array, name: string): OnnxModel {
  const model: RawModel = { opset: 0, nodes: [], initializers: [], inputs: [], outputs: [] };
  try {
    new PbfReader(bytes).readFields(MODEL as never, model);
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError(`${name}: ${error.message}`);
    throw new FormatError(
      `${name}: is not a whole ONNX file: it ends, or turns into something else, on the way`,
    );
  }
  if (model.nodes.length === 0) throw new FormatError(`${name}: is not an ONNX file, or holds no operators`);
  for (const constant of constantsOf(model)) requireWhole(constant, name);
  return model;
}
