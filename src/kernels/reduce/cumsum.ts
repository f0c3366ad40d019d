import { FLAG } from '../../models/formats/tflite/codecs.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { fail, operand, readOperandInts } from '../definition/operands.ts';
import { perElement } from '../definition/tflm.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { clamp } from '../../numbers.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';

const LIFT = 2 ** 20;

/** How stored values become addends, sums grow from `start`, and become stored values again. */
interface Summing {
  readonly start: number;
  readonly lift: (x: number) => number;
  readonly add: (a: number, b: number) => number;
  readonly finish: (sum: number) => number;
}

const REAL: Summing = { start: 0, lift: Number, add: (a, b) => Math.fround(a + b), finish: Number };

/** As ADD_N sums: it starts at minus the zero point (TFLM cumsum.cc, reference/cumsum.h). */
function summingOf(input: TensorInfo, output: TensorInfo): Summing {
  if (input.dtype === 'float32') return REAL;
  if (input.dtype !== 'int8') fail(`arithmetic on ${input.dtype} is not written`);
  const from = scaleOf(input, 'input');
  const to = scaleOf(output, 'output');
  const common = 2 * from.scale;
  const forOperand = quantizeMultiplier(from.scale / common);
  const back = quantizeMultiplier(common / (LIFT * to.scale));
  const { low, high } = integerRange(output.dtype);
  const lift = (x: number) => mbqm((x - from.zeroPoint) * LIFT, forOperand.q, forOperand.e);
  return {
    start: lift(0),
    lift,
    add: (a, b) => (a + b) | 0,
    finish: (sum) => clamp(mbqm(sum, back.q, back.e) + to.zeroPoint, low, high),
  };
}

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
    const { start, lift, add, finish } = summingOf(input, output);
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
