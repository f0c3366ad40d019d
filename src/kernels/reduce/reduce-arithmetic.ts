import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import { divideTowardZero, mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { clamp } from '../../numbers.ts';
import { isQuantizedType, type Kernel } from '../definition/kernel.ts';
import {
  fail,
  operand,
  readOperandInts,
  requireType,
  shapeText,
  type Operands,
} from '../definition/operands.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';

interface Reduction {
  /** Output element of each input element, in the order of the input. */
  readonly targets: Int32Array;
  /** Elements that each output element gathers. */
  readonly count: number;
}

function describeReduction(inputs: Operands): Reduction {
  const { shape } = operand(inputs, 0, 'input');
  const axes = new Set(readOperandInts(inputs, 1, 'axes').map((axis) => normalizeAxis(axis, shape.length)));
  const kept = shape.map((dimension, axis) => (axes.has(axis) ? 1 : dimension));
  const strides = stridesOf(kept).map((stride, axis) => (axes.has(axis) ? 0 : stride));
  return { targets: walk(shape, strides), count: elementCount(shape) / Math.max(1, elementCount(kept)) };
}

/** Sums in the order of the input, each step through `round`; then every sum through `finish`. */
function reduce(
  r: Reduction,
  output: TensorInfo,
  round: (sum: number) => number,
  finish: (sum: number) => number,
): Kernel {
  const sums = new Float64Array(elementCount(output.shape));
  return {
    run([input], [out]) {
      sums.fill(0);
      for (let at = 0; at < r.targets.length; at++) {
        sums[r.targets[at]] = round(sums[r.targets[at]] + input[at]);
      }
      for (let at = 0; at < sums.length; at++) out[at] = finish(sums[at]);
    },
  };
}

/** Multiplier with 1 / count in it (TFLite reduce.h, QuantizedMeanOrSum): the quotient is cut, not rounded. */
function meanMultiplier(q: number, e: number, count: number) {
  const shift = Math.min(Math.floor(Math.log2(count)), 32, 31 + e);
  return { q: Number((BigInt(q) << BigInt(shift)) / BigInt(count)), e: e - shift };
}

function finishQuantized(input: TensorInfo, output: TensorInfo, count: number, isMean: boolean) {
  const from = scaleOf(input, 'input');
  const to = scaleOf(output, 'output');
  const { low, high } = integerRange(output.dtype);
  const factor = quantizeMultiplier(from.scale / to.scale);
  const { q, e } = isMean ? meanMultiplier(factor.q, factor.e, count) : factor;
  return (sum: number) => clamp(mbqm((sum - from.zeroPoint * count) | 0, q, e) + to.zeroPoint, low, high);
}

/** What becomes of a sum of `count` elements, of float32 or quantized integers. */
export function finishSums(
  input: TensorInfo,
  output: TensorInfo,
  count: number,
  isMean: boolean,
): (sum: number) => number {
  if (input.dtype !== 'float32') return finishQuantized(input, output, count, isMean);
  return (sum) => (isMean ? sum / count : sum);
}

/** Mean or sum over the constant axes of the second input. */
export function prepareReduction(inputs: Operands, output: TensorInfo, isMean: boolean): Kernel {
  const input = operand(inputs, 0, 'input');
  requireType(output, input.dtype, 'output');
  const reduction = describeReduction(inputs);
  const { count } = reduction;
  if (count === 0) fail(`${shapeText(input.shape)} holds nothing to reduce`);
  if (input.dtype === 'float32') {
    return reduce(reduction, output, Math.fround, finishSums(input, output, count, isMean));
  }
  if (isQuantizedType(input.dtype)) {
    return reduce(reduction, output, Number, finishSums(input, output, count, isMean));
  }
  if (input.dtype !== 'int32') fail(`reducing ${input.dtype} is not written`);
  return reduce(
    reduction,
    output,
    (sum) => sum | 0,
    (sum) => (isMean ? divideTowardZero(sum, count) : sum),
  );
}

/** The element of each group that is better than all others of it, the first of equal ones. */
export function prepareExtreme(
  inputs: Operands,
  output: TensorInfo,
  isBetter: (a: number, b: number) => boolean,
): Kernel {
  const { targets } = describeReduction(inputs);
  const isSeen = new Uint8Array(elementCount(output.shape));
  return {
    run([input], [out]) {
      isSeen.fill(0);
      for (let at = 0; at < targets.length; at++) {
        const target = targets[at];
        if (isSeen[target] !== 0 && !isBetter(input[at], out[target])) continue;
        out[target] = input[at];
        isSeen[target] = 1;
      }
    },
  };
}
