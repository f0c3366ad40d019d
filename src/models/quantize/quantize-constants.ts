import { clamp, roundHalfAway } from '../../numbers.ts';
import type { Quantization, Tensor } from '../graph/graph.ts';
import { INT8_MAX, INT8_MIN } from './ranges.ts';

const INT32_MAX = 2 ** 31 - 1;

/** Values of a float32 constant, wherever its bytes lie. */
export function floatsOf({ data }: Tensor): Float32Array {
  return new Float32Array(data!.slice().buffer);
}

/**
 * Symmetric int8 weights from -127 to 127: one scale for each slice along `axis`, or one for all where it is undefined.
 */
export function quantizeWeights(tensor: Tensor, axis?: number): Tensor {
  const values = floatsOf(tensor);
  const slices = axis === undefined ? 1 : tensor.shape[axis];
  const inner = axis === undefined ? values.length : tensor.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const sliceOf = (at: number) => Math.floor(at / inner) % slices;
  const largest = new Float64Array(slices);
  values.forEach((value, at) => {
    largest[sliceOf(at)] = Math.max(largest[sliceOf(at)], Math.abs(value));
  });
  const scales = Array.from(largest, (most) => Math.fround(most === 0 ? 1 : most / INT8_MAX));
  const steps = Int8Array.from(values, (value, at) =>
    clamp(roundHalfAway(value / scales[sliceOf(at)]), -INT8_MAX, INT8_MAX),
  );
  return {
    ...tensor,
    dtype: 'int8',
    data: new Uint8Array(steps.buffer),
    quantization: { scales, zeroPoints: scales.map(() => 0), axis: axis ?? 0 },
  };
}

/** Int32 bias at the scale of the products: input scale times weight scale. */
export function quantizeBias(tensor: Tensor, inputScale: number, weightScales: readonly number[]): Tensor {
  const scales = weightScales.map((scale) => Math.fround(Math.fround(inputScale) * scale));
  const values = floatsOf(tensor);
  const steps = Int32Array.from(values, (value, at) =>
    clamp(roundHalfAway(value / scales[scales.length === 1 ? 0 : at]), -INT32_MAX, INT32_MAX),
  );
  return {
    ...tensor,
    dtype: 'int32',
    data: new Uint8Array(steps.buffer),
    quantization: { scales, zeroPoints: scales.map(() => 0), axis: 0 },
  };
}

/** A constant operand with the parameters of an activation. */
export function quantizeOperand(tensor: Tensor, quantization: Quantization): Tensor {
  const [scale] = quantization.scales;
  const [zeroPoint] = quantization.zeroPoints;
  const steps = Int8Array.from(floatsOf(tensor), (value) =>
    clamp(roundHalfAway(value / scale) + zeroPoint, INT8_MIN, INT8_MAX),
  );
  return { ...tensor, dtype: 'int8', data: new Uint8Array(steps.buffer), quantization };
}
