import type { TensorInfo } from '../../models/graph/graph.ts';
import { fixedLogistic, fixedTanh } from '../numbers/fixed-point-functions.ts';
import { mbqm, quantizeMultiplier, rdpot } from '../numbers/fixed-point.ts';
import { clamp } from '../../numbers.ts';
import { fail } from '../definition/operands.ts';
import { UNIT_INTERVAL } from '../definition/fixed-outputs.ts';
import { countedAtO2, FLOAT_OR_INTEGERS } from '../definition/tflm.ts';
import { INT8_INT16 } from '../definition/version-rules.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';
import { logisticByTable, tanhByTable, type TableScale } from '../numbers/table-functions.ts';
import { defineUnary, unaryArithmetic } from './unary.ts';

const { fround } = Math;
const INPUT_BITS = 4;

function requireOutput(output: TensorInfo, scale: number, zeroPoint: number): void {
  const given = scaleOf(output, 'output');
  if (given.scale === scale && given.zeroPoint === zeroPoint) return;
  fail(`output has scale ${given.scale} and zero point ${given.zeroPoint}, needs ${scale} and ${zeroPoint}`);
}

/**
 * An 8-bit function through gemmlowp's fixed point, as TFLite Micro's reference kernels do (TFLite proper tabulates a
 * float function instead, which may differ by one step). `to8Bits`: stored output without zero point.
 */
function inFixedPoint(
  input: TensorInfo,
  output: TensorInfo,
  function_: (a: number) => number,
  outputBits: number,
  zero: number,
) {
  const { low, high } = integerRange(output.dtype);
  const { scale, zeroPoint } = scaleOf(input, 'input');
  const { q, e } = quantizeMultiplier(scale * 2 ** (31 - INPUT_BITS));
  const radius = Math.floor((((1 << INPUT_BITS) - 1) * 2 ** (31 - INPUT_BITS)) / 2 ** e);
  return (stored: number) => {
    const x = stored - zeroPoint;
    if (x <= -radius) return low;
    if (x >= radius) return high;
    return clamp(rdpot(function_(mbqm(x, q, e)), 31 - outputBits) + zero, low, high);
  };
}

/** Factor and right shift that bring 16-bit inputs to 1 / (3 x 4096) a step, the table's scale (TFLM LogisticPrepare). */
function tableScale(scale: number, exactShifts: readonly number[]): TableScale {
  const log2 = Math.round(Math.log2(scale));
  const shift = 12 + log2;
  if (scale === 2 ** log2 && exactShifts.includes(shift)) return { factor: 3 << shift, shift: 0 };
  let factor = scale * 4096 * 3;
  let right = 0;
  for (; factor <= 32767 / 2 && right <= 30; factor *= 2) right++;
  return { factor: Math.trunc(factor), shift: right };
}

function logistic16(input: TensorInfo, output: TensorInfo): (x: number) => number {
  requireOutput(output, 2 ** -15, 0);
  const toTable = tableScale(scaleOf(input, 'input').scale, [0]);
  return (stored) => logisticByTable(toTable, stored);
}

function tanh16(input: TensorInfo, output: TensorInfo): (x: number) => number {
  requireOutput(output, 2 ** -15, 0);
  const toTable = tableScale(scaleOf(input, 'input').scale, [0, 1]);
  return (stored) => tanhByTable(toTable, stored);
}

// Above it 1 + exp(-x) is 1 in single precision, below exp(x) is the result (documented: TFLite reference/logistic.h).
const UPPER = fround(16.619047164916992);
const LOWER = -9;

/** 1 / (1 + exp(-x)) in single precision. */
export function logistic32(x: number): number {
  if (x > UPPER) return 1;
  if (x < LOWER) return fround(Math.exp(x));
  return fround(1 / fround(1 + fround(Math.exp(-x))));
}

function logisticInteger(input: TensorInfo, output: TensorInfo): (x: number) => number {
  if (input.dtype === 'int16') return logistic16(input, output);
  const { low } = integerRange(output.dtype);
  requireOutput(output, 2 ** -8, low);
  return inFixedPoint(input, output, fixedLogistic, 8, low);
}

function tanhInteger(input: TensorInfo, output: TensorInfo): (x: number) => number {
  if (input.dtype === 'int16') return tanh16(input, output);
  const { low } = integerRange(output.dtype);
  requireOutput(output, 2 ** -7, low + 128);
  return inFixedPoint(input, output, fixedTanh, 7, low + 128);
}

const VERSIONS = { runtimes: '1.14.0 1.14.0 2.3.0', types: INT8_INT16 };

/** 1 / (1 + exp(-x)); 8-bit in gemmlowp fixed point, 16-bit by table, both free of the platform's exp. */
export const logistic = defineUnary({
  type: 'LOGISTIC',
  tflite: { versions: VERSIONS },
  quantization: { output: UNIT_INTERVAL },
  tflm: { limits: { types: FLOAT_OR_INTEGERS }, oldTypes: ['float32', 'int8'] },
  kmodel: { layer: 'Logistic' },
  estimates: countedAtO2('logistic', 52, 450),
  prepare: unaryArithmetic(logistic32, logisticInteger),
});

/** tanh(x); 8-bit in gemmlowp fixed point, 16-bit by table, both free of the platform's tanh. */
export const tanh = defineUnary({
  type: 'TANH',
  tflite: { versions: VERSIONS },
  quantization: { output: { scales: [1 / 128], zeroPoints: [0], axis: 0 } },
  tflm: {
    limits: { types: FLOAT_OR_INTEGERS },
    oldTypes: ['float32', 'int8', 'uint8', 'int16'],
  },
  kmodel: { instead: 'use LOGISTIC or RELU' },
  estimates: countedAtO2('tanh', 112, 463),
  prepare: unaryArithmetic(Math.tanh, tanhInteger),
});
