import { SpecError } from '../../errors.ts';
import { DTYPE_BYTES, elementCount, type DType, type TensorInfo } from '../../models/graph/graph.ts';

/** Operands of one node by position; optional ones that are absent are `undefined`. */
export type Operands = readonly (TensorInfo | undefined)[];

/** Throws a SpecError; `defineOp` puts the op and its input shapes before the text. */
export function fail(detail: string): never {
  throw new SpecError(detail);
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(',')}]`;
}

/** The operand at a position. Throws a SpecError where it is absent. */
export function operand(inputs: Operands, position: number, role: string): TensorInfo {
  return inputs[position] ?? fail(`input ${position} (${role}) is missing`);
}

/** The operand at a position. Throws a SpecError where it is absent or has another number of dimensions. */
export function operandOfRank(inputs: Operands, position: number, role: string, rank: number): TensorInfo {
  const tensor = operand(inputs, position, role);
  if (tensor.shape.length === rank) return tensor;
  return fail(`${role} ${shapeText(tensor.shape)} has ${tensor.shape.length} dimensions, needs ${rank}`);
}

type ReadInt = (view: DataView, byteOffset: number) => number;

const INT_READERS: Partial<Record<DType, ReadInt>> = {
  int8: (view, at) => view.getInt8(at),
  uint8: (view, at) => view.getUint8(at),
  int16: (view, at) => view.getInt16(at, true),
  uint16: (view, at) => view.getUint16(at, true),
  int32: (view, at) => view.getInt32(at, true),
  uint32: (view, at) => view.getUint32(at, true),
  int64: (view, at) => Number(view.getBigInt64(at, true)),
  uint64: (view, at) => Number(view.getBigUint64(at, true)),
};

/**
 * Values of a constant integer tensor; its bytes may lie unaligned. Throws a SpecError where the tensor is computed
 * while the model runs, is not of integers, or holds fewer bytes than its shape.
 */
export function readInts(tensor: TensorInfo, role: string): number[] {
  const { data, dtype, shape } = tensor;
  if (data === undefined) {
    fail(`${role} is computed while the model runs; only a constant is understood here`);
  }
  const read = INT_READERS[dtype] ?? fail(`${role} is ${dtype}, needs integers`);
  const elements = elementCount(shape);
  const step = DTYPE_BYTES[dtype];
  if (data.byteLength < elements * step) {
    fail(
      `${role} holds ${data.byteLength} bytes, its shape ${shapeText(shape)} of ${dtype} needs ${elements * step}`,
    );
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: elements }, (_, index) => read(view, index * step));
}

/** Constant integers of an operand by position; see `readInts`. */
export function readOperandInts(inputs: Operands, position: number, role: string): number[] {
  return readInts(operand(inputs, position, role), role);
}

/** Throws a SpecError unless the value is an integer of at least 1. */
export function requirePositive(value: number, role: string): void {
  if (!Number.isInteger(value) || value < 1) fail(`${role} is ${value}, needs to be 1 or more`);
}

/** Throws a SpecError unless a tensor is of the type. */
export function requireType(tensor: TensorInfo, dtype: DType, role: string): void {
  if (tensor.dtype !== dtype) fail(`${role} is ${tensor.dtype}, needs ${dtype}`);
}

/** Throws a SpecError unless an optional bias has one element a channel. */
export function checkBias(bias: TensorInfo | undefined, channels: number): void {
  if (bias === undefined || elementCount(bias.shape) === channels) return;
  fail(`bias ${shapeText(bias.shape)} needs one element for each of the ${channels} output channels`);
}

/** Bytes that hold the integers as int32, little-endian: the constant that a folded shape computation yields. */
export function int32Bytes(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setInt32(index * 4, value, true));
  return bytes;
}
