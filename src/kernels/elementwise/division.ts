// Quotients and remainders. This file exports nothing else.
import type { TensorInfo } from '../../models/graph/graph.ts';
import type { StoredOp } from '../../models/formats/tflite/op-storage.ts';
import type { Op } from '../definition/op.ts';
import { activation } from '../definition/option-fields.ts';
import { fail } from '../definition/operands.ts';
import { perPair } from '../definition/tflm.ts';
import { quantizeMultiplier, rdpot, srdhm } from '../numbers/fixed-point.ts';
import { oneOverOnePlus } from '../numbers/fixed-point-functions.ts';
import { scaleOf } from '../numbers/quantization.ts';
import { defineBinary, mapPairs, operandsOf, prepareBinary, type Arithmetic, type Binary } from './pairs.ts';

const { fround } = Math;

/** Bits below the sign that repeat it. */
const headroomOf = (x: number): number => Math.clz32(x < 0 ? ~x : x) - 1;

/**
 * gemmlowp's rounding division by 2^exponent. Small dividends bring it beyond 31, where C++ says nothing: as in a build
 * for x86-64, which shifts by the exponent modulo 32 and rounds up what is not negative.
 */
function shiftRight(x: number, exponent: number): number {
  if (exponent < 0) return (x * 2 ** -exponent) | 0;
  if (exponent <= 31) return rdpot(x, exponent);
  return ((x >> (exponent & 31)) + (x >= 0 ? 1 : 0)) | 0;
}

/**
 * The quotient by a reciprocal in fixed point (TFLite reference/div.h, DivElementwise). Where the divisor is 0 the C++ is
 * undefined; here the quotient is that of 2^31.
 */
function divideQuantized(tensorA: TensorInfo, tensorB: TensorInfo, output: TensorInfo): Binary {
  const a = scaleOf(tensorA, 'first operand');
  const b = scaleOf(tensorB, 'second operand');
  const out = scaleOf(output, 'output');
  const { q, e } = quantizeMultiplier(fround(a.scale / fround(b.scale * out.scale)));
  return (x, y) => {
    const divisor = y - b.zeroPoint;
    const dividend = divisor < 0 ? a.zeroPoint - x : x - a.zeroPoint;
    const leading = Math.clz32(Math.abs(divisor));
    const reciprocal = oneOverOnePlus(((Math.abs(divisor) << leading) - 2 ** 31) | 0);
    const headroom = headroomOf(dividend);
    const quotient = srdhm((dividend * 2 ** headroom) | 0, reciprocal);
    return out.zeroPoint + shiftRight(srdhm(quotient, q), 31 - leading + headroom - e);
  };
}

const DIV: Arithmetic = {
  float32: (a, b) => fround(a / b),
  int32: (a, b) => Math.trunc(a / b) | 0,
  quantized: divideQuantized,
};

const LIKE_ADD = 'float add (13, counted) with a division';

export const div = defineBinary({
  type: 'DIV',
  tflite: {
    options: 'DivOptions',
    fields: { activation },
    versions: { runtimes: '1.6.0 2.3.0', types: { uint8: 2 } },
  },
  tflm: { limits: { types: ['float32 float32', 'int8 int8', 'int32 int32'] } },
  estimates: {
    float32: perPair(14, LIKE_ADD),
    int8: perPair(160, 'int8 add (113, counted): as many products of 32 bits, and a reciprocal', 60),
    int32: perPair(15, LIKE_ADD),
  },
  prepare: (attributes, inputs, [output]) => prepareBinary(DIV, attributes.activation, inputs, output),
});

/** Of real numbers only. */
function defineFloored<const T extends string>(type: T, tflite: StoredOp['tflite'], of: Binary): Op<T> {
  return defineBinary({
    type,
    tflite,
    tflm: { limits: { types: ['float32 float32 -> float32'] } },
    estimates: {
      float32: perPair(60, 'float logistic (52, counted): a division and a call of the library'),
    },
    prepare(_attributes, inputs, [output]) {
      const [a, b] = operandsOf(inputs, output);
      if (output.dtype !== 'float32') fail(`arithmetic on ${output.dtype} is not written`);
      return mapPairs(a, b, output, of);
    },
  });
}

export const floorDiv = defineFloored(
  'FLOOR_DIV',
  {
    options: 'FloorDivOptions',
    versions: { runtimes: '1.14.0 1.14.0 2.13.0', types: { float32: 2, int8: 3, int16: 3 } },
  },
  (a, b) => Math.floor(fround(a / b)),
);

/** The remainder with the sign of the divisor. */
function floorModulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && b < 0 !== rest < 0 ? rest + b : rest;
}

export const floorMod = defineFloored(
  'FLOOR_MOD',
  {
    options: 'FloorModOptions',
    versions: { runtimes: '1.13.0 2.13.0', types: { int8: 2, int16: 2 } },
  },
  floorModulo,
);
