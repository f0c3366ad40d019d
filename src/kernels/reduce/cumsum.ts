import { FLAG } from '../../models/formats/tflite/codecs.ts';
import { elementCount } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { fail, operand, readOperandInts } from '../definition/operands.ts';
import { perElement } from '../definition/tflm.ts';
import { liftedSum, REAL_SUM } from '../numbers/lifted-sum.ts';

function axisOf({ inputs: [input, axis] }: KernelCall): string | undefined {
  return input && axis?.data === undefined ? 'an axis that is computed while the model runs' : undefined;
}

/** Running sums along the axis of the constant second input. */
export const cumsum = defineOp({
  type: 'CUMSUM',
  tflite: {
    options: 'CumsumOptions',
    fields: { exclusive: ['exclusive', FLAG], reverse: ['reverse', FLAG] },
    versions: { runtimes: '2.4.0' },
  },
  tflm: { limits: { types: ['float32 -> float32', 'int8 -> int8'], check: axisOf } },
  indexInputs: [1],
  estimates: {
    float32: perElement(14, 'float add (13, counted) with index arithmetic'),
    int8: perElement(80, 'int8 add (113, counted) with two of its three multipliers'),
  },
  infer(_attributes, inputs) {
    const { shape, dtype } = operand(inputs, 0, 'input');
    if (shape.length === 0) fail('a scalar has no axis to sum along, needs 1 or more');
    normalizeAxis(readOperandInts(inputs, 1, 'axis')[0], shape.length);
    return [{ shape: [...shape], dtype }];
  },
  prepare({ exclusive, reverse }, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    const { shape } = input;
    const axis = normalizeAxis(readOperandInts(inputs, 1, 'axis')[0], shape.length);
    const [length, inner] = [shape[axis], elementCount(shape.slice(axis + 1))];
    const lines = length === 0 ? 0 : elementCount(shape) / length;
    if (input.dtype !== 'float32' && input.dtype !== 'int8')
      fail(`arithmetic on ${input.dtype} is not written`);
    const { start, lift, add, finish } = input.dtype === 'int8' ? liftedSum(input, output) : REAL_SUM;
    return {
      run([from], [out]) {
        for (let line = 0; line < lines; line++) {
          const base = Math.floor(line / inner) * length * inner + (line % inner);
          let sum = start;
          for (let step = 0; step < length; step++) {
            const at = base + (reverse ? length - 1 - step : step) * inner;
            const before = sum;
            sum = add(sum, lift(from[at]));
            out[at] = finish(exclusive ? before : sum);
          }
        }
      },
    };
  },
});
