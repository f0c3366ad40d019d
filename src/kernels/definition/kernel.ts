import { elementCount, type DType, type TensorInfo } from '../../models/graph/graph.ts';
import { fail, operand, shapeText, type Operands } from './operands.ts';

/** Elements of a tensor that arithmetic is done on, row-major, in the tensor's own type. */
export type NumericData =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** Elements of any tensor that a graph may carry; 64-bit integers are only moved, counted and indexed. */
export type TensorData = NumericData | BigInt64Array | BigUint64Array;

/**
 * One node, ready to run: constants of its arithmetic are computed, nothing is allocated while it runs. An optional
 * operand that is absent is an empty array.
 */
export interface Kernel {
  run(inputs: readonly NumericData[], outputs: readonly NumericData[]): void;
  /** Forgets what earlier runs have left; absent where nothing is left. */
  reset?(): void;
}

/** A further subgraph, ready to run: `run` computes its outputs from its inputs. */
export interface Subroutine {
  readonly inputs: readonly TensorData[];
  readonly outputs: readonly TensorData[];
  run(): void;
}

/** What all kernels of a network share: state variables by their ids, and the further subgraphs. */
export interface Session {
  /** The id of a variable, by its container and name. */
  variableId(container: string, name: string): number;
  /** What a variable holds, by its id; nothing before it is assigned. */
  readonly variables: Map<number, TensorData>;
  /** Notes how many rounds a loop took, by the attributes of its node. */
  noteRounds(loop: object, rounds: number): void;
  /** Throws a SpecError where the file has none of that number. */
  subroutine(number: number): Subroutine;
}

/**
 * The kernel of one node from its attributes and the types, shapes, scales and constants of its tensors. Throws a
 * SpecError that names what does not fit; the executor puts op and index before it.
 */
export type Prepare<A extends object = object> = (
  attributes: A,
  inputs: Operands,
  outputs: readonly TensorInfo[],
  session?: Session,
) => Kernel;

type ArrayType = {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): TensorData;
  name: string;
};

/** Array type of each tensor type that can be computed on. */
export const ARRAY_TYPES: Partial<Record<DType, ArrayType>> = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
  resource: Int32Array,
};

/** The session that a kernel needs. Throws a SpecError where it is prepared on its own. */
export function requireSession(session: Session | undefined): Session {
  return session ?? fail('runs in a network only');
}

/** Array type of a tensor. Throws a SpecError where the type cannot be computed on. */
export function arrayTypeOf({ dtype }: TensorInfo, role: string): ArrayType {
  return ARRAY_TYPES[dtype] ?? fail(`${role} is ${dtype}, which no arithmetic is written for`);
}

/** Elements of 4 bits as bytes: two in each stored byte, the lower half first, with a sign. */
function unpackNibbles(data: Uint8Array, elements: number): Int8Array {
  return Int8Array.from({ length: elements }, (_, at) => (data[at >> 1] << (at % 2 === 0 ? 28 : 24)) >> 28);
}

/** An aligned copy of a constant's elements; those of 4 bits as int8. Throws a SpecError where its bytes are unknown or too few. */
export function constantData(tensor: TensorInfo, role: string): TensorData {
  const { data, shape } = tensor;
  const isPacked = tensor.dtype === 'int4';
  const ArrayOf = isPacked ? Int8Array : arrayTypeOf(tensor, role);
  if (data === undefined) return fail(`${role} has no values: the model gives its shape only`);
  const elements = elementCount(shape);
  if (isPacked && elements <= 2 * data.length) return unpackNibbles(data, elements);
  const copy = data.slice().buffer;
  if (new ArrayOf(copy, 0, 0).BYTES_PER_ELEMENT * elements > copy.byteLength) {
    fail(`${role} holds ${copy.byteLength} bytes, too few for its shape ${shapeText(shape)}`);
  }
  return new ArrayOf(copy, 0, elements);
}

/** Whether arithmetic on this type is quantized integer arithmetic. */
export function isQuantizedType(dtype: DType): boolean {
  return dtype === 'int8' || dtype === 'uint8' || dtype === 'int16';
}

/** Arithmetic by the type of the operand at `position`: float32 for all operands, or quantized integers. */
export function byInput<A extends object>(
  position: number,
  float32: Prepare<A>,
  integer: Prepare<A>,
): Prepare<A> {
  return (attributes, inputs, outputs) => {
    const { dtype } = operand(inputs, position, 'input');
    if (isQuantizedType(dtype)) return integer(attributes, inputs, outputs);
    const hybrid = inputs.find((tensor) => tensor !== undefined && isQuantizedType(tensor.dtype));
    if (hybrid !== undefined) fail(`${hybrid.dtype} weights with ${dtype} activations have no arithmetic`);
    if (dtype !== 'float32') fail(`arithmetic on ${dtype} is not written`);
    return float32(attributes, inputs, outputs);
  };
}
