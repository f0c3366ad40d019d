// The six comparisons. This file exports nothing else.
import type { OptionsName } from '../../models/formats/tflite/options-table.ts';
import type { DType, TensorInfo } from '../../models/graph/graph.ts';
import { isQuantizedType, type Prepare } from '../definition/kernel.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import type { Op } from '../definition/op.ts';
import { fail, operand } from '../definition/operands.ts';
import { perPair, type Estimates } from '../definition/tflm.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { scaleOf } from '../numbers/quantization.ts';
import { defineBinary, mapPairs, type Binary } from './pairs.ts';

type Holds = (a: number, b: number) => boolean;

const LIFT = 2 ** 8;

/** A stored value on the scale 1 / 2^8, so that values of two scales compare (TFLM comparisons.cc, kLeftShift). */
function lifted(tensor: TensorInfo, role: string): (x: number) => number {
  const { scale, zeroPoint } = scaleOf(tensor, role);
  if (scale >= 1) fail(`${role} has a scale of ${scale}, needs to be below 1`);
  const { q, e } = quantizeMultiplier(scale);
  return (x) => mbqm((x - zeroPoint) * LIFT, q, e);
}

const prepareComparison =
  (holds: Holds): Prepare =>
  (_attributes, inputs, [output]) => {
    const a = operand(inputs, 0, 'first operand');
    const b = operand(inputs, 1, 'second operand');
    let of: Binary = (x, y) => (holds(x, y) ? 1 : 0);
    if (isQuantizedType(a.dtype)) {
      const [liftA, liftB] = [lifted(a, 'first operand'), lifted(b, 'second operand')];
      of = (x, y) => (holds(liftA(x), liftB(y)) ? 1 : 0);
    }
    return mapPairs(a, b, output, of);
  };

/** The kernel aborts where a scale does not fit its multiplier. */
function scaleTooLarge({ inputs }: KernelCall): string | undefined {
  const at = inputs.findIndex(
    (tensor) => tensor && isQuantizedType(tensor.dtype) && (tensor.quantization?.scales[0] ?? 0) >= 1,
  );
  return at < 0 ? undefined : `operand ${at} with a scale of 1 or more`;
}

const PLAIN = perPair(12, 'float maximum (11, counted) and its broadcast (45 a run)');
const SCALED = perPair(80, 'int8 add (113, counted) with two of its three multipliers', 60);

const ESTIMATES: Estimates = {
  float32: PLAIN,
  int8: SCALED,
  int32: PLAIN,
  int64: perPair(18, 'float maximum (11, counted), words of 64 bits'),
  bool: PLAIN,
};

interface Comparison {
  readonly options: OptionsName;
  readonly holds: Holds;
  readonly types: readonly DType[];
}

/** Quantized operands are brought to one scale; the others compare as they are. */
function defineComparison<const T extends string>(type: T, { options, holds, types }: Comparison): Op<T> {
  const hasBool = types.includes('bool');
  return defineBinary({
    type,
    dtype: 'bool',
    tflite: {
      options,
      versions: { runtimes: hasBool ? '1.14.0 1.14.0 2.3.0' : '1.14.0 1.14.0', types: { int8: 2 } },
    },
    tflm: {
      limits: { types: types.map((dtype) => `${dtype} ${dtype} -> bool`), check: scaleTooLarge },
      oldTypes: [...types, 'uint8'],
    },
    estimates: ESTIMATES,
    prepare: prepareComparison(holds),
  });
}

const EQUALITY: readonly DType[] = ['bool', 'float32', 'int32', 'int64', 'int8'];
const ORDER: readonly DType[] = ['float32', 'int32', 'int64', 'int8'];

export const equal = defineComparison('EQUAL', {
  options: 'EqualOptions',
  holds: (a, b) => a === b,
  types: EQUALITY,
});
export const notEqual = defineComparison('NOT_EQUAL', {
  options: 'NotEqualOptions',
  holds: (a, b) => a !== b,
  types: EQUALITY,
});
export const greater = defineComparison('GREATER', {
  options: 'GreaterOptions',
  holds: (a, b) => a > b,
  types: ORDER,
});
export const greaterEqual = defineComparison('GREATER_EQUAL', {
  options: 'GreaterEqualOptions',
  holds: (a, b) => a >= b,
  types: ORDER,
});
export const less = defineComparison('LESS', {
  options: 'LessOptions',
  holds: (a, b) => a < b,
  types: ORDER,
});
export const lessEqual = defineComparison('LESS_EQUAL', {
  options: 'LessEqualOptions',
  holds: (a, b) => a <= b,
  types: ORDER,
});
