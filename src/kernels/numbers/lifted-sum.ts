import { clamp } from '../../numbers.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { mbqm, quantizeMultiplier } from './fixed-point.ts';
import { integerRange, scaleOf } from './quantization.ts';

/** Elements are lifted by 2^20 before they add up. */
const LIFT = 2 ** 20;

/** How elements become addends, and what has added up an element again. */
export interface Summing {
  readonly start: number;
  readonly lift: (x: number) => number;
  readonly add: (a: number, b: number) => number;
  readonly finish: (sum: number) => number;
}

export const REAL_SUM: Summing = {
  start: 0,
  lift: Number,
  add: (a, b) => Math.fround(a + b),
  finish: Number,
};

/**
 * All operands have one scale, half of it lifted by 2^20 is what adds up. The sum starts at a stored 0, that is at minus
 * the zero point, in TensorFlow Lite Micro (reference/add_n.h, reference/cumsum.h), and so it does here.
 */
export function liftedSum(input: TensorInfo, output: TensorInfo): Summing {
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
