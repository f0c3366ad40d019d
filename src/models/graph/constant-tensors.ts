import type { DType, Tensor } from './graph.ts';

const INT32_MAX = 2 ** 31 - 1;

/** A constant whose bytes are unknown: weights of a builder spec. */
export function unknownConstant(name: string, shape: readonly number[], dtype: DType): Tensor {
  return { name, shape, dtype, isConstant: true };
}

/** An int32 vector constant, as RESHAPE and PAD take; its bytes are left out where a value passes int32. */
export function int32Constant(name: string, values: readonly number[]): Tensor {
  const tensor = unknownConstant(name, [values.length], 'int32');
  const data = new Uint8Array(4 * values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value > INT32_MAX) return tensor;
    for (let byte = 0; byte < 4; byte++) data[4 * index + byte] = value >> (8 * byte);
  }
  return { name, shape: tensor.shape, dtype: tensor.dtype, isConstant: true, data };
}

/** Bias type that TFLite pairs with activations of `dtype`: int32 accumulators for int8. */
export function biasType(dtype: DType): DType {
  return dtype === 'int8' ? 'int32' : dtype;
}
