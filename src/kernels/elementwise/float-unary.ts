// Functions of each element that TensorFlow Lite Micro computes in float32 only. This file exports nothing else.
import type { OptionsName } from '../../models/formats/tflite/options-table.ts';
import type { DType } from '../../models/graph/graph.ts';
import type { Op } from '../definition/op.ts';
import { perElement, type Estimate } from '../definition/tflm.ts';
import { fail } from '../definition/operands.ts';
import { defineUnary, unaryArithmetic } from './unary.ts';

interface FloatFunction {
  readonly options?: OptionsName;
  /** Runtime that first knew each version. */
  readonly runtimes: string;
  /** Versions of types that Micro refuses. */
  readonly types?: Partial<Record<DType, number>>;
  readonly of: (x: number) => number;
  readonly estimate: Estimate;
}

function defineFloat<const T extends string>(
  type: T,
  { options, runtimes, types, of, estimate }: FloatFunction,
): Op<T> {
  return defineUnary({
    type,
    tflite: { ...(options && { options }), versions: { runtimes, ...(types && { types }) } },
    tflm: { limits: { types: ['float32 -> float32'] } },
    estimates: { float32: estimate },
    prepare: unaryArithmetic(of, ({ dtype }) => fail(`arithmetic on ${dtype} is not written`)),
  });
}

const CALL = 'float relu (9, counted) and a call an element';
const LIBRARY = 'float logistic (52, counted: newlib expf and a division)';

export const exp = defineFloat('EXP', {
  options: 'ExpOptions',
  runtimes: '1.7.0 2.12.0',
  types: { int8: 2, int16: 2 },
  of: Math.exp,
  estimate: perElement(48, `${LIBRARY} without the division`),
});
export const log = defineFloat('LOG', {
  runtimes: '1.14.0 2.15.0',
  types: { int8: 2, int16: 2 },
  of: Math.log,
  estimate: perElement(55, LIBRARY),
});
export const sin = defineFloat('SIN', {
  runtimes: '1.9.0',
  of: Math.sin,
  estimate: perElement(70, `${LIBRARY} and the reduction of the angle`),
});
export const cos = defineFloat('COS', {
  options: 'CosOptions',
  runtimes: '1.14.0',
  of: Math.cos,
  estimate: perElement(70, `${LIBRARY} and the reduction of the angle`),
});
export const sqrt = defineFloat('SQRT', {
  runtimes: '1.10.0 2.15.0',
  types: { int8: 2, int16: 2 },
  of: Math.sqrt,
  estimate: perElement(20, CALL),
});
export const square = defineFloat('SQUARE', {
  options: 'SquareOptions',
  runtimes: '1.12.0',
  of: (x) => x * x,
  estimate: perElement(14, CALL),
});
export const neg = defineFloat('NEG', {
  options: 'NegOptions',
  runtimes: '1.9.0',
  of: (x) => -x,
  estimate: perElement(7, 'float relu (9, counted) without the comparison'),
});
export const floor = defineFloat('FLOOR', {
  runtimes: '1.9.0',
  of: Math.floor,
  estimate: perElement(12, CALL),
});
export const ceil = defineFloat('CEIL', {
  runtimes: '1.14.0',
  of: Math.ceil,
  estimate: perElement(12, CALL),
});

/** Halves to the even neighbour (TFLite reference/round.h). */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
}

export const round = defineFloat('ROUND', {
  runtimes: '1.14.0',
  of: roundHalfEven,
  estimate: perElement(20, `${CALL}, with two comparisons`),
});
