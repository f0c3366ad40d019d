import type { Tensor, TensorInfo } from '../../models/graph/graph.ts';
import type { Site } from '../../models/formats/tflite/op-versions.ts';
import type { Op } from '../definition/op.ts';
import { activation } from '../definition/option-fields.ts';
import { perPair, WITH_UINT8, type TflmSupport } from '../definition/tflm.ts';
import { isInt16, wideBroadcast } from '../definition/version-rules.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { scaleOf } from '../numbers/quantization.ts';
import { defineBinary, mapPairs, operandsOf, prepareBinary, type Arithmetic, type Binary } from './pairs.ts';

/**
 * Factors of a sum: both operands to a common scale 2 max(sa, sb), lifted by 2^20 (16-bit: 2^15), then to the output's
 * (TFLM add_common.cc, sub_common.cc). Scales divide in double precision as in TensorFlow Lite Micro of October 2026;
 * until then SUB took single precision, which moves some results by a step.
 */
export function addMultipliers(a: TensorInfo, b: TensorInfo, output: TensorInfo) {
  const scaleA = scaleOf(a, 'first operand').scale;
  const scaleB = scaleOf(b, 'second operand').scale;
  const lift = output.dtype === 'int16' ? 2 ** 15 : 2 ** 20;
  const common = 2 * Math.max(scaleA, scaleB);
  return {
    lift,
    forA: quantizeMultiplier(scaleA / common),
    forB: quantizeMultiplier(scaleB / common),
    back: quantizeMultiplier(common / (lift * scaleOf(output, 'output').scale)),
  };
}

/** a + sign b in int32. */
function addQuantized(sign: 1 | -1) {
  return (tensorA: TensorInfo, tensorB: TensorInfo, output: TensorInfo): Binary => {
    const { lift, forA, forB, back } = addMultipliers(tensorA, tensorB, output);
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
  quantized: addQuantized(1),
};
const SUB: Arithmetic = {
  float32: (a, b) => Math.fround(a - b),
  int32: (a, b) => (a - b) | 0,
  quantized: addQuantized(-1),
};
const MUL: Arithmetic = {
  float32: (a, b) => Math.fround(a * b),
  int32: Math.imul,
  quantized: multiplyQuantized,
};

const COUNTED = 'maximum at GCC -O2 (10 to 11 an element, 45 a run, counted)';
const fields = { activation };

const EQUAL_TYPES = ['float32 float32', 'int8 int8', 'int16 int16', 'int32 int32', 'int64 int64'];
// add.cc, sub.cc, mul.cc.
const ARITHMETIC: TflmSupport = {
  limits: { types: EQUAL_TYPES.slice(0, 4) },
  oldTypes: WITH_UINT8,
};

export const add = defineBinary({
  type: 'ADD',
  tflite: {
    options: 'AddOptions',
    fields,
    versions: { runtimes: '1.5.0 1.14.0 2.4.0 2.6.0', types: { int8: 2, int64: 4 } },
  },
  tflm: ARITHMETIC,
  kmodel: { lowering: 'add' },
  // add.cc, EvalAdd: sums of int32 are not bounded by the fused activation.
  prepare: ({ activation }, inputs, [output]) =>
    prepareBinary(ADD, output.dtype === 'int32' ? 'NONE' : activation, inputs, output),
});

export const sub = defineBinary({
  type: 'SUB',
  tflite: {
    options: 'SubOptions',
    fields,
    versions: {
      runtimes: '1.6.0 1.14.0 2.3.0 2.4.0 2.4.0',
      types: { int8: 2, int64: 4 },
      rule: wideBroadcast,
    },
  },
  tflm: ARITHMETIC,
  estimates: {
    float32: perPair(14, 'float sub at GCC -O2 (14 an element, 48 a run, counted)', 48),
    int8: perPair(113, 'int8 sub at GCC -O2 (113 an element, 53 a run, counted)', 53),
  },
  prepare: (attributes, inputs, [output]) => prepareBinary(SUB, attributes.activation, inputs, output),
});

const realScale = (tensor: Tensor | undefined): number => tensor?.quantization?.scales[0] ?? 0;

// A product whose rescaling multiplier reaches 1 came with version 3.
function mulVersion(site: Site): number | undefined {
  if (isInt16(site)) return undefined;
  const { inputs, outputs } = site;
  const rescale = (realScale(inputs[0]) * realScale(inputs[1])) / realScale(outputs[0]);
  return rescale >= 1 && rescale < Infinity ? 3 : undefined;
}

export const mul = defineBinary({
  type: 'MUL',
  tflite: {
    options: 'MulOptions',
    fields,
    versions: {
      runtimes: '1.5.0 1.14.0 1.15.0 2.3.0 2.6.0',
      types: { int8: 2, int16: 4, int64: 5 },
      rule: mulVersion,
    },
  },
  tflm: ARITHMETIC,
  estimates: {
    float32: perPair(14, 'float mul at GCC -O2 (14 an element, 48 a run, counted)', 48),
    int8: perPair(59, 'int8 mul at GCC -O2 (59 an element, 45 a run, counted)'),
  },
  prepare: (attributes, inputs, [output]) => prepareBinary(MUL, attributes.activation, inputs, output),
});

/** One of two stored values: quantized operands share one scale, as the converter sees to. */
function defineChoice<const T extends string>(type: T, of: Binary): Op<T> {
  return defineBinary({
    type,
    tflite: {
      options: 'MaximumMinimumOptions',
      versions: {
        runtimes: '1.14.0 1.14.0 2.3.0 2.3.0',
        types: { int8: 2, int16: 4 },
        rule: (site: Site) => (isInt16(site) ? undefined : wideBroadcast(site)),
      },
    },
    quantization: { sameScale: true },
    tflm: {
      limits: { types: EQUAL_TYPES },
      oldTypes: ['float32', 'int8', 'uint8', 'int32', 'int64'],
    },
    estimates: {
      float32: perPair(11, `float ${COUNTED}`),
      int8: perPair(10, `int8 ${COUNTED}`),
    },
    prepare(_attributes, inputs, [output]) {
      const [a, b] = operandsOf(inputs, output);
      return mapPairs(a, b, output, of);
    },
  });
}

export const maximum = defineChoice('MAXIMUM', (a, b) => (a > b ? a : b));
export const minimum = defineChoice('MINIMUM', (a, b) => (a < b ? a : b));
