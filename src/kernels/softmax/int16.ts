import type { SoftmaxAttributes } from '../../models/graph/attributes.ts';
import { elementCount } from '../../models/graph/graph.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { clamp, roundHalfAway } from '../../numbers.ts';
import type { Kernel, Prepare } from '../definition/kernel.ts';
import { operand } from '../definition/operands.ts';
import { scaleOf } from '../numbers/quantization.ts';

const { fround } = Math;
const STEPS = 512;
/** exp is tabulated on [-10, 0]; a difference of 65535 steps is -10. */
const EXP_RANGE = 10;

/** exp in double arithmetic alone, so that the tables are the same on every machine: series of x / 2^10, then squared. */
function seriesExp(x: number): number {
  const reduced = x / 1024;
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 12; n++) {
    term = (term * reduced) / n;
    sum += term;
  }
  for (let doubling = 0; doubling < 10; doubling++) sum *= sum;
  return sum;
}

/** 513 points of a function in Q0.15, each biased by half the error of the interpolation (TFLite LUTPopulateInt16). */
function tabulate(of: (x: number) => number, from: number, to: number): Int16Array {
  const step = fround((to - from) / STEPS);
  const at = (index: number) => fround(fround(of(fround(from + fround(index * step)))) * 32768);
  const table = new Int16Array(STEPS + 1);
  for (let index = 0; index < STEPS; index++) {
    const value = roundHalfAway(at(index));
    const interpolated = roundHalfAway(fround(fround(at(index + 1) + value) / 2));
    const bias = roundHalfAway((interpolated - roundHalfAway(at(index + 0.5))) / 2);
    table[index] = clamp(value - bias, -32768, 32767);
  }
  table[STEPS] = clamp(roundHalfAway(at(STEPS)), -32768, 32767);
  return table;
}

/** Interpolation of a 513-point table over the int16 range. */
function lookUp(table: Int16Array, value: number): number {
  const index = 256 + (value >> 7);
  const slope = table[index + 1] - table[index];
  return table[index] + ((slope * (value & 0x7f) + 64) >> 7);
}

/** Softmax of 16-bit inputs and outputs by two interpolated tables (TFLite reference_ops SoftmaxInt16). */
export const prepareSoftmaxInt16: Prepare<SoftmaxAttributes> = (attributes, inputs): Kernel => {
  const tensor = operand(inputs, 0, 'input');
  const factor = (scaleOf(tensor, 'input').scale * fround(attributes.beta)) / (EXP_RANGE / 65535);
  const { q, e } = quantizeMultiplier(factor);
  const exponentials = tabulate(seriesExp, -EXP_RANGE, 0);
  const reciprocals = tabulate((x) => fround(1 / fround(1 + x)), 0, 1);
  const length = tensor.shape[tensor.shape.length - 1];
  const elements = elementCount(tensor.shape);
  return {
    run([input], [out]) {
      for (let row = 0; row < elements; row += length) {
        let max = -32768;
        for (let c = 0; c < length; c++) max = Math.max(max, input[row + c]);
        let sum = 0;
        for (let c = 0; c < length; c++) {
          const scaled = clamp(mbqm(input[row + c] - max, q, e) + 32767, -32768, 32767);
          out[row + c] = lookUp(exponentials, scaled);
          sum += out[row + c];
        }
        const headroom = Math.clz32(sum);
        const shifted = Math.floor((sum * 2 ** (headroom - 1) + 2 ** 13) / 2 ** 14);
        const reciprocal = lookUp(reciprocals, clamp(shifted - 2 ** 15 - 2 ** 16, -32768, 32767));
        const shift = 31 - headroom;
        for (let c = 0; c < length; c++) {
          const share = Math.floor((out[row + c] * reciprocal + 2 ** (shift - 1)) / 2 ** shift);
          out[row + c] = clamp(share, 0, 32767);
        }
      }
    },
  };
};
