import type { Builder, Offset } from 'flatbuffers';
import { SpecError } from '../../../errors.ts';
import {
  elementCount,
  tensorBytes,
  type DType,
  type Graph,
  type Quantization,
  type Tensor,
} from '../../graph/graph.ts';
import { quote } from '../../graph/quote.ts';
import * as schema from './schema/schema.ts';
import type { SharedVectors } from './shared-vectors.ts';

/** What a reader may lay a vector register over: the schema forces this alignment on buffer data. */
const ALIGNMENT_BYTES = 16;
const MAX_INT32 = 2 ** 31 - 1;

/**
 * The buffers of a file, a Buffer without a data vector where there are no bytes. All data is written in one run, since
 * tables between the aligned vectors would cost padding.
 */
export function writeBuffers(b: Builder, contents: readonly (Uint8Array | undefined)[]): Offset[] {
  const vectors = contents.map((bytes) => (bytes && bytes.length > 0 ? writeAligned(b, bytes) : 0));
  return vectors.map((vector) => {
    schema.Buffer.startBuffer(b);
    if (vector) schema.Buffer.addData(b, vector);
    return schema.Buffer.endBuffer(b);
  });
}

function writeAligned(b: Builder, bytes: Uint8Array): Offset {
  b.prep(ALIGNMENT_BYTES, bytes.length);
  return b.createByteVector(bytes);
}

/** Bytes of the constants in order, each checked against its shape; undefined for activations. Throws a SpecError. */
export function constantBytes(graph: Graph): (Uint8Array | undefined)[] {
  return graph.tensors.map((tensor, index) =>
    checkedBytes(tensor, `${graph.name}: tensor ${index} (${quote(tensor.name)})`),
  );
}

function checkedBytes(tensor: Tensor, where: string): Uint8Array | undefined {
  if (tensor.isSparse) throw new SpecError(`${where} is sparse, which cannot be written; make it dense`);
  const wide = tensor.shape.find((dimension) => dimension > MAX_INT32);
  if (wide !== undefined) throw new SpecError(`${where}: dimension ${wide} does not fit 32 bits`);
  const { data, dtype } = tensor;
  if (!data) {
    if (!tensor.isConstant || elementCount(tensor.shape) === 0) return undefined;
    throw new SpecError(
      `${where} is a constant without values, as in a builder spec; train the network first`,
    );
  }
  if (dtype === 'string' || data.length === tensorBytes(tensor)) return data;
  throw new SpecError(
    `${where} has ${data.length} bytes of data, ${dtype} [${tensor.shape.join(',')}] takes ${tensorBytes(tensor)}`,
  );
}

/** A tensor that keeps its data in buffer number `buffer`, 0 for none. */
export function writeTensor(b: Builder, vectors: SharedVectors, tensor: Tensor, buffer: number): Offset {
  const { Tensor: Table } = schema;
  const name = b.createString(tensor.name);
  const shape = vectors.write(tensor.shape);
  const signature = tensor.shapeSignature && vectors.write(tensor.shapeSignature);
  const quantization = tensor.quantization && writeQuantization(b, tensor.quantization);
  Table.startTensor(b);
  Table.addShape(b, shape);
  Table.addBuffer(b, buffer);
  Table.addName(b, name);
  if (quantization) Table.addQuantization(b, quantization);
  if (signature) Table.addShapeSignature(b, signature);
  Table.addType(b, typeCode(tensor.dtype));
  if (tensor.isVariable) Table.addIsVariable(b, true);
  return Table.endTensor(b);
}

function typeCode(dtype: DType): schema.TensorType {
  return schema.TensorType[dtype.toUpperCase() as keyof typeof schema.TensorType];
}

function writeQuantization(b: Builder, { scales, zeroPoints, axis }: Quantization): Offset {
  const { QuantizationParameters: Table } = schema;
  const scale = Table.createScaleVector(b, [...scales]);
  const zeroPoint = Table.createZeroPointVector(b, zeroPoints.map(BigInt));
  Table.startQuantizationParameters(b);
  Table.addScale(b, scale);
  Table.addZeroPoint(b, zeroPoint);
  Table.addQuantizedDimension(b, axis);
  return Table.endQuantizationParameters(b);
}
