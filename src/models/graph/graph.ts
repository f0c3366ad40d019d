/** Element type of a tensor, as TFLite names it. */
export type DType =
  | 'float32'
  | 'float16'
  | 'float64'
  | 'bfloat16'
  | 'int2'
  | 'int4'
  | 'uint4'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'string'
  | 'complex64'
  | 'complex128'
  | 'resource'
  | 'variant';

/** Affine quantization: real = scale * (stored - zeroPoint); one pair, or one a slice of `axis`. */
export interface Quantization {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis: number;
}

/**
 * Shape, type and quantization of a tensor; NHWC for images. `data` holds a constant's raw little-endian bytes, a view
 * into the file at any alignment: `slice()` it before laying a Float32Array over it.
 */
export interface TensorInfo {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly quantization?: Quantization;
  readonly data?: Uint8Array;
  /** True for weights, biases and tables; a builder spec knows that they are constant but not their `data`. */
  readonly isConstant?: boolean;
}

/** A tensor of a graph: a constant with its bytes, or one that is computed. */
export interface Tensor extends TensorInfo {
  readonly name: string;
  /** Present where the file marks dimensions as unknown (-1): such a model has dynamic shapes. */
  readonly shapeSignature?: readonly number[];
  readonly isVariable?: boolean;
  /** The constant is stored sparse: `data` is shorter than the shape says. */
  readonly isSparse?: boolean;
}

/**
 * One operator. `op` is TFLite's builtin name ("CONV_2D"), `CUSTOM:name` for a custom operator; names that
 * the project does not understand are kept, so that an error can name them.
 */
export interface GraphNode {
  readonly op: string;
  /** As the operator's definition says: padding, strides, ...; read from the file, or as a builder wrote them. */
  readonly attributes: object;
  /** Tensor indices; -1 where an optional input is absent. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Numbers of the further subgraphs that it runs. */
  readonly calls?: readonly number[];
  /** Tensors that the file keeps for the operator alone; absent where there are none. */
  readonly intermediates?: readonly number[];
}

/** What a file's metadata says about the arena, and how many tensors all its subgraphs have. */
export interface ArenaOffsets {
  readonly offsets: readonly number[];
  readonly tensors: number;
}

/** A network as plain readonly data; nodes in execution order, their index is their position. */
export interface Graph {
  readonly name: string;
  readonly format: 'tflite' | 'builder';
  readonly tensors: readonly Tensor[];
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Bytes of the file that it was read from; an estimate of the .tflite for a builder spec. */
  readonly fileBytes: number;
  /** The file's own plan of TensorFlow Lite Micro's arena: offsets by tensor, -1 for one that is left to the planner. */
  readonly arenaOffsets?: ArenaOffsets;
  /** Further subgraphs of the file by their number less 1; undefined where it was not read. */
  readonly subgraphs?: readonly (Graph | undefined)[];
  /** Sentences on what the file holds that a runtime may refuse or that was left out (hybrid ops, further subgraphs). */
  readonly notes?: readonly string[];
}

export const DTYPE_BYTES: Readonly<Record<DType, number>> = {
  float32: 4,
  float16: 2,
  float64: 8,
  bfloat16: 2,
  int2: 0.25,
  int4: 0.5,
  uint4: 0.5,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  bool: 1,
  string: 1,
  complex64: 8,
  complex128: 16,
  resource: 4,
  variant: 4,
};

/** Product of the dimensions; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  let product = 1;
  for (let axis = 0; axis < shape.length; axis++) product *= shape[axis];
  return product;
}

/** Bytes of a dense tensor of this shape and type. */
export function tensorBytes(tensor: Pick<TensorInfo, 'shape' | 'dtype'>): number {
  return Math.ceil(elementCount(tensor.shape) * DTYPE_BYTES[tensor.dtype]);
}
