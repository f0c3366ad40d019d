import type { TensorInfo } from '../../models/graph/graph.ts';
import { perPair } from '../definition/tflm.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { scaleOf } from '../numbers/quantization.ts';
import { defineBinary, prepareBinary, type Arithmetic, type Binary } from './pairs.ts';

const { fround } = Math;

/** Both operands on twice the larger scale, 8-bit ones lifted by 2^7 (TFLM squared_difference.cc). */
function squareQuantized(tensorA: TensorInfo, tensorB: TensorInfo, output: TensorInfo): Binary {
  const a = scaleOf(tensorA, 'first operand');
  const b = scaleOf(tensorB, 'second operand');
  const out = scaleOf(output, 'output');
  const lift = output.dtype === 'int16' ? 1 : 2 ** 7;
  const common = 2 * Math.max(a.scale, b.scale);
  const forA = quantizeMultiplier(a.scale / common);
  const forB = quantizeMultiplier(b.scale / common);
  const back = quantizeMultiplier((common * common) / fround(lift * lift * out.scale));
  return (x, y) => {
    const liftedA = mbqm((x - a.zeroPoint) * lift, forA.q, forA.e);
    const liftedB = mbqm((y - b.zeroPoint) * lift, forB.q, forB.e);
    const difference = liftedA - liftedB;
    return mbqm(Math.imul(difference, difference), back.q, back.e) + out.zeroPoint;
  };
}

const ARITHMETIC: Arithmetic = {
  float32(a, b) {
    const difference = fround(a - b);
    return fround(difference * difference);
  },
  int32: (a, b) => Math.imul((a - b) | 0, (a - b) | 0),
  quantized: squareQuantized,
};

const SCALED = perPair(118, 'int8 sub (113, counted) and a product', 53);

/** (a - b)^2. */
export const squaredDifference = defineBinary({
  type: 'SQUARED_DIFFERENCE',
  tflite: {
    options: 'SquaredDifferenceOptions',
    versions: { runtimes: '1.13.1 2.5.0', types: { int8: 2 } },
  },
  tflm: { limits: { types: ['float32 float32', 'int8 int8', 'int16 int16', 'int32 int32'] } },
  estimates: {
    float32: perPair(15, 'float sub (14, counted) and a product', 48),
    int8: SCALED,
    int16: SCALED,
    int32: perPair(15, 'float sub (14, counted) and a product', 48),
  },
  prepare: (_attributes, inputs, [output]) => prepareBinary(ARITHMETIC, 'NONE', inputs, output),
});
