import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Kernel } from '../definition/kernel.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { fail, operand, shapeText } from '../definition/operands.ts';
import { estimate, type ScratchRule } from '../definition/tflm.ts';
import { liftedSum, REAL_SUM, type Summing } from '../numbers/lifted-sum.ts';

const POINTER_BYTES = 4;

/** Sums element by element. */
function sumAll({ shape }: TensorInfo, { start, lift, add, finish }: Summing): Kernel {
  const elements = elementCount(shape);
  return {
    run(inputs, [out]) {
      for (let at = 0; at < elements; at++) {
        let sum = start;
        for (const input of inputs) sum = add(sum, lift(input[at]));
        out[at] = finish(sum);
      }
    },
  };
}

function differentScales({ inputs }: KernelCall): string | undefined {
  const scaleText = (tensor: TensorInfo | undefined) =>
    `${tensor?.quantization?.scales[0]} ${tensor?.quantization?.zeroPoints[0]}`;
  const isInt8 = inputs[0]?.dtype === 'int8';
  const other = isInt8 && inputs.some((tensor) => scaleText(tensor) !== scaleText(inputs[0]));
  return other ? 'int8 operands of different scales; it takes one scale' : undefined;
}

/** add_n.cc, CalculateOpData: a pointer to each operand. */
const pointers: ScratchRule = ({ inputs }) => inputs.length * POINTER_BYTES;

/** The sum of two or more operands of one shape. */
export const addN = defineOp({
  type: 'ADD_N',
  tflite: { options: 'AddNOptions', versions: { runtimes: '1.14.0' } },
  quantization: { sameScale: true },
  tflm: {
    limits: { types: ['float32 float32', 'int8 int8'], check: differentScales },
    scratch: pointers,
  },
  estimates: {
    float32: estimate(
      { 'operands*elements': 7, elements: 8, '1': 300 },
      'float add (13 of two operands, counted)',
    ),
    int8: estimate(
      { 'operands*elements': 37, elements: 40, '1': 500 },
      'int8 add (113 of two operands, counted: three multipliers)',
    ),
  },
  infer(_attributes, inputs) {
    const first = operand(inputs, 0, 'first operand');
    inputs.forEach((_, at) => {
      const { shape, dtype } = operand(inputs, at, 'operand');
      if (dtype !== first.dtype) fail(`operands are ${first.dtype} and ${dtype}, need one type`);
      if (String(shape) === String(first.shape)) return;
      fail(`operands are ${shapeText(first.shape)} and ${shapeText(shape)}, need one shape`);
    });
    if (inputs.length < 2) fail('needs two operands or more');
    return [{ shape: [...first.shape], dtype: first.dtype }];
  },
  countAlso: (_attributes, inputs) => ({ operands: inputs.length }),
  prepare(_attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'first operand');
    if (input.dtype === 'int8') return sumAll(output, liftedSum(input, output));
    if (input.dtype !== 'float32') fail(`arithmetic on ${input.dtype} is not written`);
    return sumAll(output, REAL_SUM);
  },
});
