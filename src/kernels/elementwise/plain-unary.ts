// Ops of one operand that are a function of each element and have no attributes. This file exports nothing else.
import type { Site } from '../../models/formats/tflite/op-versions.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import type { Prepare } from '../definition/kernel.ts';
import { fail, operand } from '../definition/operands.ts';
import { FLOAT_OR_INTEGERS, perElement } from '../definition/tflm.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { inverseRoot } from '../numbers/inverse-root.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';
import { clamp, roundHalfAway } from '../../numbers.ts';
import { defineUnary, mapFloat32, rescaled, unaryArithmetic } from './unary.ts';

const { fround } = Math;

function absInteger(input: TensorInfo, output: TensorInfo): (x: number) => number {
  // 16 bits without scales are plain integers, and -32768 stays what it is.
  if (input.dtype === 'int16' && input.quantization === undefined) return Math.abs;
  return rescaled(input, output, Math.abs);
}

/** |x|; integers are rescaled from input to output (TFLM elementwise.cc, AbsEvalQuantized). */
export const abs = defineUnary({
  type: 'ABS',
  tflite: {
    options: 'AbsOptions',
    versions: {
      runtimes: '1.13.0 2.4.0 2.5.0 2.6.0 2.12.0',
      types: { int8: 2, uint8: 2, int32: 5 },
      rule: ({ inputs: [x] }: Site) =>
        x?.dtype === 'int16' ? (x.quantization === undefined ? 4 : 3) : undefined,
    },
  },
  // Until 2021 the kernel took float32 alone (r2.4 micro/kernels/elementwise.cc).
  tflm: {
    limits: { types: FLOAT_OR_INTEGERS },
    oldTypes: ['float32'],
  },
  estimates: {
    float32: perElement(9, 'float add (13) less one load and the addition'),
    int8: perElement(50, 'int8 add (55) with one rescaling less, and a call an element'),
  },
  prepare: unaryArithmetic(Math.abs, absInteger),
});

const ROOT_SHIFT = 20;

/** 1 / sqrt of what lies above the zero point (TFLM elementwise.cc, RsqrtEvalQuantized). */
function rsqrtInteger(input: TensorInfo, output: TensorInfo): (x: number) => number {
  const from = scaleOf(input, 'input');
  const to = scaleOf(output, 'output');
  const { low, high } = integerRange(output.dtype);
  const { q, e } = quantizeMultiplier(1 / (Math.sqrt(from.scale) * to.scale));
  return (stored) => {
    const x = stored - from.zeroPoint;
    if (x <= 0) return high;
    const root = inverseRoot(x);
    const scaled = mbqm(mbqm(1, root.q, root.e + ROOT_SHIFT), q, e - ROOT_SHIFT);
    return clamp(scaled + to.zeroPoint, low, high);
  };
}

const prepareRsqrt = unaryArithmetic((x) => fround(1 / fround(Math.sqrt(x))), rsqrtInteger);

/** The integer kernel stops at a number below 0; the float one gives NaN. */
const prepareRsqrtChecked: Prepare = (attributes, inputs, outputs) => {
  const kernel = prepareRsqrt(attributes, inputs, outputs);
  const input = operand(inputs, 0, 'input');
  if (input.dtype === 'float32') return kernel;
  const { zeroPoint } = scaleOf(input, 'input');
  return {
    run([from], out) {
      const below = from.findIndex((stored) => stored < zeroPoint);
      if (below >= 0) fail(`holds a number below 0 at element ${below}; the root needs 0 or more`);
      kernel.run([from], out);
    },
  };
};

/** 1 / sqrt(x); integers in fixed point, the largest value for 0. */
export const rsqrt = defineUnary({
  type: 'RSQRT',
  tflite: { versions: { runtimes: '1.10.0 2.5.0 2.15.0', types: { int8: 2, int16: 3 } } },
  tflm: { limits: { types: FLOAT_OR_INTEGERS }, oldTypes: ['float32'] },
  estimates: {
    float32: perElement(30, 'float relu (9, counted), a call, a root and a division'),
    int8: perElement(300, 'int8 logistic (450, counted: gemmlowp fixed point): 22 products of 32 bits'),
    int16: perElement(300, 'int8 logistic (450, counted: gemmlowp fixed point): 22 products of 32 bits'),
  },
  prepare: prepareRsqrtChecked,
});

/** Below 0 exp(x) - 1, in single precision. */
const eluFloat = (x: number): number => (x < 0 ? fround(fround(Math.exp(x)) - 1) : x);

/** A table of all 256 values, in single precision (TFLM elu.cc, PopulateLookupTable). */
function eluInteger(input: TensorInfo, output: TensorInfo): (x: number) => number {
  const from = scaleOf(input, 'input');
  const to = scaleOf(output, 'output');
  const { low, high } = integerRange(output.dtype);
  const inverse = fround(1 / to.scale);
  return (stored) => {
    const real = eluFloat(fround(from.scale * (stored - from.zeroPoint)));
    return clamp(roundHalfAway(fround(real * inverse)) + to.zeroPoint, low, high);
  };
}

/** x, or exp(x) - 1 below 0. */
export const elu = defineUnary({
  type: 'ELU',
  tflite: { versions: { runtimes: '1.14.0' } },
  tflm: { limits: { types: ['float32 -> float32', 'int8 -> int8'] } },
  estimates: {
    float32: perElement(50, 'float logistic (52, counted: newlib expf and a division)'),
    int8: perElement(8, 'int8 maximum (10, counted): one load and one look-up'),
  },
  prepare: unaryArithmetic(eluFloat, eluInteger),
});

/** Not. */
export const logicalNot = defineUnary({
  type: 'LOGICAL_NOT',
  tflite: { options: 'LogicalNotOptions', versions: { runtimes: '1.11.0' } },
  tflm: { limits: { types: ['bool -> bool'] } },
  estimates: { bool: perElement(9, 'float relu (9, counted)') },
  prepare(_attributes, inputs) {
    const input = operand(inputs, 0, 'input');
    if (input.dtype !== 'bool') fail(`input is ${input.dtype}, needs bool`);
    return mapFloat32(input, (x) => (x === 0 ? 1 : 0));
  },
});
