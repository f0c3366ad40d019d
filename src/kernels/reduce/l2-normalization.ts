import { LAST_DIMENSION } from '../softmax/last-dimension.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Kernel } from '../definition/kernel.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { fail, operand } from '../definition/operands.ts';
import { activation } from '../definition/option-fields.ts';
import { estimate, WITH_UINT8 } from '../definition/tflm.ts';
import { INT8 } from '../definition/version-rules.ts';
import { mbqm } from '../numbers/fixed-point.ts';
import { inverseRoot } from '../numbers/inverse-root.ts';
import { scaleOf } from '../numbers/quantization.ts';
import { clamp } from '../../numbers.ts';

const { fround } = Math;
/** Below it a norm counts as it (TFLM l2norm.cc). */
const SMALLEST = fround(1e-6);
/** The output's scale is 1 / 128, whatever the file says. */
const OUTPUT_BITS = 7;

/** Rows of the last axis, each divided by the root of the sum of its squares. */
function normalizeRows(
  { shape }: TensorInfo,
  square: (x: number, sum: number) => number,
  dividing: (sum: number) => (x: number) => number,
): Kernel {
  const length = shape[shape.length - 1];
  const elements = elementCount(shape);
  return {
    run([input], [out]) {
      for (let row = 0; row < elements; row += length) {
        let sum = 0;
        for (let at = row; at < row + length; at++) sum = square(input[at], sum);
        const divide = dividing(sum);
        for (let at = row; at < row + length; at++) out[at] = divide(input[at]);
      }
    },
  };
}

function normalizeFloat32(input: TensorInfo): Kernel {
  const square = (x: number, sum: number) => fround(sum + fround(x * x));
  return normalizeRows(input, square, (sum) => {
    const norm = Math.max(fround(Math.sqrt(sum)), SMALLEST);
    return (x) => x / norm;
  });
}

function normalizeInt8(input: TensorInfo): Kernel {
  const { zeroPoint } = scaleOf(input, 'input');
  const square = (x: number, sum: number) => (sum + (x - zeroPoint) ** 2) | 0;
  return normalizeRows(input, square, (sum) => {
    const { q, e } = inverseRoot(sum);
    return (x) => clamp(mbqm(x - zeroPoint, q, e + OUTPUT_BITS), -128, 127);
  });
}

function fusedActivation({ attributes }: KernelCall): string | undefined {
  const fused = (attributes as { activation?: string }).activation ?? 'NONE';
  return fused === 'NONE' ? undefined : `a fused ${fused}; it takes none`;
}

/** Rows of the last axis brought to length 1; int8 in fixed point (TFLite integer_ops/l2normalization.h). */
export const l2Normalization = defineOp({
  type: 'L2_NORMALIZATION',
  tflite: {
    options: 'L2NormOptions',
    fields: { activation },
    versions: { runtimes: '1.5.0 1.14.0', types: INT8 },
  },
  quantization: { output: { scales: [2 ** -OUTPUT_BITS], zeroPoints: [0], axis: 0 } },
  tflm: {
    limits: {
      types: ['float32 -> float32', 'int8 -> int8'],
      maxRank: 4,
      check: fusedActivation,
    },
    oldTypes: WITH_UINT8,
  },
  estimates: {
    float32: estimate(
      { outputs: 12, rows: 60, '1': 200 },
      'float mean with kept dimensions (6 an element, counted) and a product',
    ),
    int8: estimate(
      { outputs: 50, rows: 400, '1': 250 },
      'int8 mul (59 an element, counted) and a root in fixed point a row',
    ),
  },
  ...LAST_DIMENSION,
  prepare(_attributes, inputs) {
    const input = operand(inputs, 0, 'input');
    if (input.dtype === 'int8') return normalizeInt8(input);
    if (input.dtype !== 'float32') fail(`arithmetic on ${input.dtype} is not written`);
    return normalizeFloat32(input);
  },
});
