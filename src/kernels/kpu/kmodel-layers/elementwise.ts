import type { LayerOf } from '../../../models/formats/kmodel/layers.ts';
import { fusedMultiplyAdd } from './float32.ts';
import type { KmodelOptions } from './kernels.ts';
import type { LayerMemory, RunLayer } from './memory.ts';

const { fround, exp, floor } = Math;

/** The smallest normal float32, from which the SDK starts the maximum of a softmax. */
const FLT_MIN = 2 ** -126;
const L2_EPSILON = fround(1e-10);

export function prepareAdd(layer: LayerOf<'Add'>, memory: LayerMemory): RunLayer {
  const { count } = layer;
  const a = memory.floats(layer.main_mem_in_a_address, count);
  const b = memory.floats(layer.main_mem_in_b_address, count);
  const output = memory.floats(layer.main_mem_out_address, count);
  return () => {
    for (let at = 0; at < count; at++) output[at] = a[at] + b[at];
  };
}

/**
 * ((a + offset) * mul >> shift) of both, added, * mul >> shift with halves stepped away from zero, + offset; shifts once
 * behind the sum where both are equal. In integers of 64 bits on the device; doubles are exact up to 2^53.
 */
export function prepareQuantizedAdd(layer: LayerOf<'QuantizedAdd'>, memory: LayerMemory): RunLayer {
  const { count, in_a_shift: shiftA, in_b_shift: shiftB, out_shift: shiftOut } = layer;
  const a = memory.bytes(layer.main_mem_in_a_address, count);
  const b = memory.bytes(layer.main_mem_in_b_address, count);
  const output = memory.bytes(layer.main_mem_out_address, count);
  const isShared = shiftA === shiftB;
  const scale = [shiftA, shiftB, shiftOut].map((shift) => 2 ** -shift) as [number, number, number];
  return () => {
    for (let at = 0; at < count; at++) {
      const left = (a[at] + layer.in_a_offset) * layer.in_a_mul;
      const right = (b[at] + layer.in_b_offset) * layer.in_b_mul;
      const sum = isShared
        ? floor((left + right) * scale[0])
        : floor(left * scale[0]) + floor(right * scale[1]);
      const value = carryShift(sum * layer.out_mul * scale[2]) + layer.out_offset;
      output[at] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  };
}

/** The floor, one step away from zero where the rest is a half or more; a negative value steps down from its floor. */
function carryShift(value: number): number {
  const low = floor(value);
  return value - low >= 0.5 ? low + (value < 0 ? -1 : 1) : low;
}

export function prepareLogistic(layer: LayerOf<'Logistic'>, memory: LayerMemory): RunLayer {
  const { channels } = layer;
  const input = memory.floats(layer.main_mem_in_address, channels);
  const output = memory.floats(layer.main_mem_out_address, channels);
  return () => {
    for (let c = 0; c < channels; c++) output[c] = 1 / fround(1 + fround(exp(-input[c])));
  };
}

/** MaixPy multiplies by the reciprocal of the sum, the SDK divides. */
export function prepareSoftmax(
  layer: LayerOf<'Softmax'>,
  memory: LayerMemory,
  { kernels }: KmodelOptions,
): RunLayer {
  const { channels } = layer;
  const input = memory.floats(layer.main_mem_in_address, channels);
  const output = memory.floats(layer.main_mem_out_address, channels);
  return () => {
    let most = FLT_MIN;
    for (let c = 0; c < channels; c++) most = Math.max(most, input[c]);
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      output[c] = exp(fround(input[c] - most));
      sum = fround(sum + output[c]);
    }
    const factor = fround(1 / sum);
    for (let c = 0; c < channels; c++) output[c] = kernels === 'sdk' ? output[c] / sum : output[c] * factor;
  };
}

export function prepareL2Normalization(layer: LayerOf<'L2Normalization'>, memory: LayerMemory): RunLayer {
  const { channels } = layer;
  const input = memory.floats(layer.main_mem_in_address, channels);
  const output = memory.floats(layer.main_mem_out_address, channels);
  return () => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum = fusedMultiplyAdd(input[c], input[c], sum);
    const factor = fround(1 / fround(Math.sqrt(Math.max(sum, L2_EPSILON))));
    for (let c = 0; c < channels; c++) output[c] = input[c] * factor;
  };
}
