import type { Activation } from '../../models/graph/attributes.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { broadcastOffsets } from '../numbers/broadcast.ts';
import { clamp, mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { isQuantizedType, type Kernel, type Prepare } from '../definition/kernel.ts';
import { fail, operand } from '../definition/operands.ts';
import type { Operands } from '../definition/op.ts';
import { floatBounds, integerRange, quantizedBounds, scaleOf } from '../numbers/quantization.ts';

type Binary = (a: number, b: number) => number;

/** Applies a function to the elements of two operands that broadcast. */
export function mapPairs(a: TensorInfo, b: TensorInfo, output: TensorInfo, of: Binary): Kernel {
  const elements = elementCount(output.shape);
  const fromA = broadcastOffsets(a.shape, output.shape);
  const fromB = broadcastOffsets(b.shape, output.shape);
  return {
    run([dataA, dataB], [out]) {
      for (let at = 0; at < elements; at++) {
        out[at] = of(
          dataA[fromA === undefined ? at : fromA[at]],
          dataB[fromB === undefined ? at : fromB[at]],
        );
      }
    },
  };
}

interface Arithmetic {
  readonly float32: Binary;
  /** Exact on int32, wrapped where stored. */
  readonly int32: Binary;
  quantized(a: TensorInfo, b: TensorInfo, output: TensorInfo): Binary;
}

function operandsOf(inputs: Operands, output: TensorInfo): [TensorInfo, TensorInfo] {
  const a = operand(inputs, 0, 'first operand');
  const b = operand(inputs, 1, 'second operand');
  if (a.dtype !== b.dtype || a.dtype !== output.dtype) {
    fail(`operands are ${a.dtype} and ${b.dtype}, output ${output.dtype}; needs one type`);
  }
  return [a, b];
}

function prepareBinary(
  arithmetic: Arithmetic,
  activation: Activation,
  inputs: Operands,
  output: TensorInfo,
): Kernel {
  const [a, b] = operandsOf(inputs, output);
  if (output.dtype === 'float32') {
    const { low, high } = floatBounds(activation);
    return mapPairs(a, b, output, (x, y) => clamp(arithmetic.float32(x, y), low, high));
  }
  if (isQuantizedType(output.dtype)) {
    const { low, high } = quantizedBounds(activation, output);
    const of = arithmetic.quantized(a, b, output);
    return mapPairs(a, b, output, (x, y) => clamp(of(x, y), low, high));
  }
  if (output.dtype !== 'int32') fail(`arithmetic on ${output.dtype} is not written`);
  const { low, high } = floatBounds(activation);
  return mapPairs(a, b, output, (x, y) => clamp(arithmetic.int32(x, y), low, high));
}

/**
 * Factors of a sum: both operands to a common scale 2 max(sa, sb), lifted by 2^20 (16-bit: 2^15), then to the output's
 * (TFLite add_common.cc). `round` is the precision in which the scales are divided: TFLM takes double for ADD, single
 * for SUB.
 */
export function addMultipliers(
  a: TensorInfo,
  b: TensorInfo,
  output: TensorInfo,
  round: (x: number) => number = Number,
) {
  const scaleA = scaleOf(a, 'first operand').scale;
  const scaleB = scaleOf(b, 'second operand').scale;
  const lift = output.dtype === 'int16' ? 2 ** 15 : 2 ** 20;
  const common = 2 * Math.max(scaleA, scaleB);
  return {
    lift,
    forA: quantizeMultiplier(round(scaleA / common)),
    forB: quantizeMultiplier(round(scaleB / common)),
    back: quantizeMultiplier(round(common / round(lift * scaleOf(output, 'output').scale))),
  };
}

/** a + sign b in int32. */
function addQuantized(sign: 1 | -1, round: (x: number) => number) {
  return (tensorA: TensorInfo, tensorB: TensorInfo, output: TensorInfo): Binary => {
    const { lift, forA, forB, back } = addMultipliers(tensorA, tensorB, output, round);
    const zeroA = scaleOf(tensorA, 'first operand').zeroPoint;
    const zeroB = scaleOf(tensorB, 'second operand').zeroPoint;
    const zero = scaleOf(output, 'output').zeroPoint;
    return (x, y) => {
      const liftedA = mbqm((x - zeroA) * lift, forA.q, forA.e);
      const liftedB = mbqm((y - zeroB) * lift, forB.q, forB.e);
      return mbqm((liftedA + sign * liftedB) | 0, back.q, back.e) + zero;
    };
  };
}

function multiplyQuantized(tensorA: TensorInfo, tensorB: TensorInfo, output: TensorInfo): Binary {
  const a = scaleOf(tensorA, 'first operand');
  const b = scaleOf(tensorB, 'second operand');
  const out = scaleOf(output, 'output');
  const { q, e } = quantizeMultiplier((a.scale * b.scale) / out.scale);
  return (x, y) => out.zeroPoint + mbqm(Math.imul(x - a.zeroPoint, y - b.zeroPoint), q, e);
}

const ADD: Arithmetic = {
  float32: (a, b) => Math.fround(a + b),
  int32: (a, b) => (a + b) | 0,
  quantized: addQuantized(1, Number),
};
const SUB: Arithmetic = {
  float32: (a, b) => Math.fround(a - b),
  int32: (a, b) => (a - b) | 0,
  quantized: addQuantized(-1, Math.fround),
};
const MUL: Arithmetic = {
  float32: (a, b) => Math.fround(a * b),
  int32: Math.imul,
  quantized: multiplyQuantized,
};

export const prepareAdd: Prepare<'ADD'> = ({ activation }, inputs, [output]) =>
  prepareBinary(ADD, activation, inputs, output);
export const prepareSub: Prepare<'SUB'> = ({ activation }, inputs, [output]) =>
  prepareBinary(SUB, activation, inputs, output);
export const prepareMul: Prepare<'MUL'> = ({ activation }, inputs, [output]) =>
  prepareBinary(MUL, activation, inputs, output);

/** Compares stored values: quantized operands share one scale, as the converter sees to. */
function prepareChoice(inputs: Operands, output: TensorInfo, of: Binary): Kernel {
  const [a, b] = operandsOf(inputs, output);
  return mapPairs(a, b, output, of);
}

export const prepareMaximum: Prepare<'MAXIMUM'> = (_attributes, inputs, [output]) =>
  prepareChoice(inputs, output, (a, b) => (a > b ? a : b));
export const prepareMinimum: Prepare<'MINIMUM'> = (_attributes, inputs, [output]) =>
  prepareChoice(inputs, output, (a, b) => (a < b ? a : b));

/** x, or slope x below 0, slopes broadcasting (TFLite reference_ops BroadcastPrelu4DSlow). */
export const preparePrelu: Prepare<'PRELU'> = (_attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  const slopes = operand(inputs, 1, 'slopes');
  if (input.dtype === 'float32')
    return mapPairs(input, slopes, output, (x, slope) => (x >= 0 ? x : x * slope));
  const from = scaleOf(input, 'input');
  const slope = scaleOf(slopes, 'slopes');
  const to = scaleOf(output, 'output');
  const above = quantizeMultiplier(from.scale / to.scale);
  const below = quantizeMultiplier((from.scale * slope.scale) / to.scale);
  const { low, high } = integerRange(output.dtype);
  return mapPairs(input, slopes, output, (stored, storedSlope) => {
    const x = stored - from.zeroPoint;
    const scaled =
      x >= 0
        ? mbqm(x, above.q, above.e)
        : mbqm(Math.imul(x, storedSlope - slope.zeroPoint), below.q, below.e);
    return clamp(scaled + to.zeroPoint, low, high);
  });
};
