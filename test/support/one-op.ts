import type { OpAttributes, OpType } from '../../src/kernels/index.ts';
import { elementCount, type DType, type Graph, type Tensor } from '../../src/models/graph/graph.ts';

/** A tensor that a one-node graph names by its position. */
export type Operand = Omit<Tensor, 'name'>;

/** A graph of one node; operands with `data` are constants, the others its inputs in order. */
export function oneOp<T extends OpType>(
  op: T,
  attributes: OpAttributes[T],
  inputs: readonly Operand[],
  output: Operand,
): Graph {
  const tensors = [...inputs, output].map((tensor, index) => ({ ...tensor, name: `t${index}` }));
  const computed = inputs.flatMap(({ data, isVariable }, index) => (data || isVariable ? [] : [index]));
  const node = {
    op,
    attributes: attributes as never,
    inputs: inputs.map((_, index) => index),
    outputs: [inputs.length],
  };
  const ends = { inputs: computed, outputs: [inputs.length] };
  return { name: 'one op', format: 'builder', tensors, nodes: [node], ...ends, fileBytes: 0 };
}

const ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
  bool: Uint8Array,
};
type Known = keyof typeof ARRAYS;

/** Integers from a seed over the whole range of a type of at most 16 bits; int32: 17 bits, as biases are. */
export function drawIntegers(
  seed: number,
  count: number,
  dtype: Exclude<Known, 'float32' | 'bool'>,
): number[] {
  const from = { length: count };
  const values = Array.from(
    from,
    (_, at) => Math.imul(seed + at + 1, 0x9e3779b1) >> (dtype === 'int32' ? 15 : 8),
  );
  return dtype === 'int32' ? values : Array.from(ARRAYS[dtype].from(values));
}

/** A constant of given values, quantized by channel along `axis` where it has scales. */
export function constant(
  values: readonly number[],
  shape: readonly number[],
  dtype: Known,
  scales: readonly number[] = [],
  zeroPoint = 0,
  axis = 0,
): Operand {
  const data = new Uint8Array(ARRAYS[dtype].from(values).buffer);
  const quantization = { scales, zeroPoints: scales.map(() => zeroPoint), axis };
  return { shape, dtype, data, isConstant: true, ...(scales.length > 0 && { quantization }) };
}

/** A tensor of activations, quantized as a whole. */
export function activation(
  shape: readonly number[],
  dtype: DType,
  scale: number,
  zeroPoint: number,
): Operand {
  return { shape, dtype, quantization: { scales: [scale], zeroPoints: [zeroPoint], axis: 0 } };
}

/** An array of a type with the values. */
export function arrayOf(values: readonly number[], dtype: Known) {
  return ARRAYS[dtype].from(values);
}

/** Elements of a shape from a seed, ready to run. */
export function drawInput(seed: number, { shape, dtype }: Operand) {
  return arrayOf(drawIntegers(seed, elementCount(shape), dtype as 'int8'), dtype as Known);
}
